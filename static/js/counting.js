// Counts as the server does: words are runs of what Python's str.split() does not call white space, characters are code
// points, and a line break is one character. tests/web/test_assets.py holds the two to each other.
const WORD = /[^\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;

/** @param {string} text */
export function countWords(text) {
  return (text.match(WORD) ?? []).length;
}

/** @param {string} text */
export function countCharacters(text) {
  return [...text.replace(/\r\n?/g, "\n")].length;
}
