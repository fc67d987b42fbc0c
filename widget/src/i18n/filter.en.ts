export const filterMessages = {
  'filter.from': 'From',
  'filter.to': 'To',
} as const;
