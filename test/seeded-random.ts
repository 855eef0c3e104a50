/** A small generator of our own, so that a failure can be repeated from its number. */
export function random(seed: number): (below: number) => number {
  let state = seed + 0x9e3779b9;
  return below => {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d);
    state = Math.imul(state ^ (state >>> 12), 0x297a2d39);
    state ^= state >>> 15;
    return (state >>> 0) % below;
  };
}
