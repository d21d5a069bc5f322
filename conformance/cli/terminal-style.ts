import colors from 'yoctocolors';
import { PLAIN, type Style } from '../report/index.js';

/** Colours where the stream shows them; NO_COLOR and FORCE_COLOR are respected, by yoctocolors too. */
export function terminalStyle(stream: NodeJS.WriteStream): Style {
  if (!stream.isTTY && !process.env['FORCE_COLOR']) return PLAIN;
  const { bold, dim, red, yellow, green } = colors;
  return { bold, dim, red, yellow, green };
}
