// Works out pay as recruit/pay/your_pay.py does; tests/pay/test_your_pay.py holds the two to each other. Whole numbers
// only: pence, and hundredths of an hour. Every product stays below 2^53, so each is exact.
const FULL_TIME = 3700;
const FEWEST = 100;

const halfUp = (number, divisor) => {
  const doubled = 2 * number + divisor;
  return (doubled - (doubled % (2 * divisor))) / (2 * divisor);
};
const percentOf = (pence, percent) => (pence * percent - ((pence * percent) % 100)) / 100;
const proRata = (pence, hours) => halfUp(pence * hours, FULL_TIME * 100) * 100;

/** Hundredths of an hour, or null for anything but a number from 1 to the most. @param {string} text @param {number} most */
export function readHours(text, most) {
  const parts = /^([0-9]{1,2})(?:\.([0-9]{1,2}))?$/.exec(text.trim());
  const hours = parts ? Number(parts[1]) * 100 + Number((parts[2] ?? "").padEnd(2, "0")) : -1;
  return Math.min(FEWEST, most) <= hours && hours <= most ? hours : null;
}

/** Pence before tax. @param {number} annual @param {number} hours hundredths @param {number} welcome @param {number} percent */
export function yourPay(annual, hours, welcome, percent) {
  const year = proRata(annual, hours);
  const share = hours === FULL_TIME ? welcome : proRata(welcome, hours);
  const first = percentOf(share, percent);
  return { year, month: halfUp(year, 12 * 100) * 100, welcome: share, welcomeFirstYear: first, firstYear: year + first };
}

/** "£28,672", "£12.50". @param {number} pence */
export function pounds(pence) {
  const rest = pence % 100;
  const whole = String((pence - rest) / 100).replace(/\B(?=(\d{3})+$)/g, ",");
  return rest ? `£${whole}.${String(rest).padStart(2, "0")}` : `£${whole}`;
}
