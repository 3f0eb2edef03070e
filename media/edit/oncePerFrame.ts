/** Runs something once before the next frame, however often it is asked to. */
export function oncePerFrame(run: () => void) {
  let id = 0;
  return {
    request: () => {
      id ||= requestAnimationFrame(() => {
        id = 0;
        run();
      });
    },
    cancel: () => {
      cancelAnimationFrame(id);
      id = 0;
    },
  };
}
