/** The time as the window shows it: one tick a second for every age and every wait. */
class Clock {
  nowMs = $state(Date.now());

  start(): void {
    setInterval(() => {
      this.nowMs = Date.now();
    }, 1000);
  }
}

export const clock = new Clock();
