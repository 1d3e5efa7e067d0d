/**
 * Text of unknown origin as it can be read: control characters as their signs (`␛` for escape), those that turn the
 * direction of text by their number. Line breaks and tabs stay.
 */
export const visible = (text: string): string =>
  HIDDEN.test(text)
    ? text.replace(ALL_HIDDEN, (found) => {
        const code = found.charCodeAt(0);
        if (code < 0x20) return String.fromCharCode(0x2400 + code);
        return code === 0x7f ? '␡' : `⟨${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
      })
    : text;

/** The same of a name or value that stands in a row or title, where 300 characters are enough. */
export const short = (text: string): string => (text.length > 300 ? `${visible(text.slice(0, 300))}…` : visible(text));

const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;
const ALL_HIDDEN = new RegExp(HIDDEN.source, 'g');
