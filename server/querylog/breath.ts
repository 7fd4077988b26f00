/** How a long piece of work lets those who answer go first. */
let giveWay: () => void = () => {};

/**
 * Lets a thread go first that answers on the same core, if one is waiting: Linux takes the core from whoever does not give it away
 * only every few milliseconds. To be called about every tenth of one in a long piece of work; it costs a hundredth of that.
 */
export function breathe(): void {
  giveWay();
}

/** Says how to give way, where there are threads to give way to. */
export function breatheBy(way: () => void): void {
  giveWay = way;
}
