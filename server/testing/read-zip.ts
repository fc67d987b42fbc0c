const endOfDirectoryBytes = 22;
const localHeaderBytes = 30;
const directoryHeaderBytes = 46;

/** What a zip file of stored files says in its directory, with the bytes of each. */
export const readZip = (zip: Buffer): { name: string; bytes: Buffer }[] => {
  const end = zip.subarray(-endOfDirectoryBytes);
  const files = [];
  let at = end.readUInt32LE(16);
  for (let index = 0; index < end.readUInt16LE(10); index += 1) {
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((field) => zip.readUInt16LE(at + field)) as [
      number,
      number,
      number,
    ];
    const name = zip.subarray(at + directoryHeaderBytes, at + directoryHeaderBytes + nameBytes).toString();
    const local = zip.readUInt32LE(at + 42);
    const begin = local + localHeaderBytes + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    files.push({ name, bytes: zip.subarray(begin, begin + zip.readUInt32LE(at + 20)) });
    at += directoryHeaderBytes + nameBytes + extraBytes + commentBytes;
  }
  return files;
};
