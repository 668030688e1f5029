// Works out pay as recruit/pay/your_pay.py does; tests/pay/test_your_pay.py holds the two to each other. Whole numbers
// only: pence, and hundredths of an hour. Every product stays below 2^53, so each is exact.
const FULL_TIME = 3700;
const YEAR = 52143; // thousandths of a week; paid weeks are hundredths, 0 for all of the year
const FEWEST = 100;

const halfUp = (number, divisor) => {
  const doubled = 2 * number + divisor;
  return (doubled - (doubled % (2 * divisor))) / (2 * divisor);
};
const partOf = (pence, part, whole) => (whole ? (pence * part - ((pence * part) % whole)) / whole : 0);
const proRata = (pence, hours, weeks = 0) =>
  (weeks ? halfUp(pence * hours * weeks, (FULL_TIME / 100) * YEAR * 1000) : halfUp(pence * hours, FULL_TIME * 100)) * 100;

/** Hundredths of an hour, or null for anything but a number from 1 to the most. @param {string} text @param {number} most */
export function readHours(text, most) {
  const parts = /^([0-9]{1,2})(?:\.([0-9]{1,2}))?$/.exec(text.trim());
  const hours = parts ? Number(parts[1]) * 100 + Number((parts[2] ?? "").padEnd(2, "0")) : -1;
  return Math.min(FEWEST, most) <= hours && hours <= most ? hours : null;
}

/**
 * Pence before tax; `additions` are the other payments that are certain in the first year.
 * @param {number} annual @param {number} hours hundredths @param {number} welcome @param {number} firstPence its part of
 * that year @param {number} weeks hundredths, 0 for all of the year @param {number[]} additions
 * @param {boolean} isShared whether fewer hours get their share of the welcome payment
 */
export function yourPay(annual, hours, welcome, firstPence, weeks = 0, additions = [], isShared = true) {
  const year = proRata(annual, hours, weeks);
  const more = additions.map((pence) => proRata(pence, hours, weeks));
  const share = hours === FULL_TIME || !isShared ? welcome : proRata(welcome, hours);
  const first = partOf(share, firstPence, welcome);
  const firstYear = more.reduce((sum, pence) => sum + pence, year + first);
  return { year, month: halfUp(year, 12 * 100) * 100, welcome: share, welcomeFirstYear: first, additions: more, firstYear };
}

/** "£28,672", "£12.50". @param {number} pence */
export function pounds(pence) {
  const rest = pence % 100;
  const whole = String((pence - rest) / 100).replace(/\B(?=(\d{3})+$)/g, ",");
  return rest ? `£${whole}.${String(rest).padStart(2, "0")}` : `£${whole}`;
}
