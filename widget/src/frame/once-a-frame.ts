/** Does the work before the next frame is drawn, however often it is asked for until then. */
export const onceAFrame = (work: () => void): (() => void) => {
  let isDue = false;
  return () => {
    if (!isDue)
      requestAnimationFrame(() => {
        isDue = false;
        work();
      });
    isDue = true;
  };
};
