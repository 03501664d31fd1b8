/** How long a lesson is in view: the tab is shown, and the page is open. */

/** A step between two looks at the clock; a longer one is a machine that slept. */
const LONGEST_STEP = 15;

export class ReadingTime {
  #seconds = 0;
  /** When it was last looked at while in view; null = it is out of view. */
  #since: number | null = null;

  /** Whether the lesson is in view from `now` (in seconds) on. */
  see(isInView: boolean, now: number): void {
    if (this.#since !== null) this.#seconds += Math.min(now - this.#since, LONGEST_STEP);
    this.#since = isInView ? now : null;
  }

  get seconds(): number {
    return Math.floor(this.#seconds);
  }

  /** Whole seconds that nobody has been told of; what is left of a second stays for the next time. */
  take(): number {
    const whole = this.seconds;
    this.#seconds -= whole;
    return whole;
  }
}
