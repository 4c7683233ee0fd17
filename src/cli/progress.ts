// One line on a terminal that says how far a long command has come; nothing where stderr is no terminal.

const limits = {
  /** Between two drawings. */
  redrawMs: 100,
};

export interface Progress {
  show(text: string): void;
  /** Takes the line away. */
  end(): void;
}

export function progressLine(stream: NodeJS.WriteStream = process.stderr): Progress {
  if (!stream.isTTY) return { show() {}, end() {} };
  let drawnAt = 0;
  return {
    show(text) {
      const now = performance.now();
      if (now - drawnAt < limits.redrawMs) return;
      drawnAt = now;
      stream.write(`\r\x1b[2K${text.slice(0, stream.columns - 1)}`);
    },
    end() {
      if (drawnAt > 0) stream.write('\r\x1b[2K');
    },
  };
}

/** `[#####-----] 50 %` */
export function bar(done: number, total: number, width = 30): string {
  const share = total === 0 ? 1 : Math.min(done / total, 1);
  const filled = Math.round(share * width);
  return `[${'#'.repeat(filled)}${'-'.repeat(width - filled)}] ${Math.floor(share * 100)} %`;
}

/** `1.5 GB` */
export function printBytes(bytes: number): string {
  const units = ['bytes', 'KB', 'MB', 'GB', 'TB'];
  const power = Math.min(Math.max(0, Math.floor(Math.log10(Math.max(bytes, 1)) / 3)), units.length - 1);
  const value = bytes / 1000 ** power;
  return `${power === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[power]}`;
}
