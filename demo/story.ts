// How the demo tells what happens: chapters, what was seen in each, and where to look at it.

export class Story {
  #chapter = 0;
  readonly #look: { chapter: string; at: string }[] = [];

  chapter(title: string): void {
    this.#chapter += 1;
    console.log(`\n${this.#chapter}. ${title}`);
  }

  /** What was seen, as it was answered. */
  tell(text: string): void {
    for (const line of text.split('\n')) console.log(`   ${line}`);
  }

  table(said: readonly (readonly (string | null)[])[]): void {
    const rows = said.map((row) => row.map((cell) => cell ?? '—'));
    const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
    for (const row of rows)
      this.tell(
        row
          .map((cell, column) => cell.padEnd(widths[column]!))
          .join('  ')
          .trimEnd(),
      );
  }

  /** Where a person can look at what this chapter did. */
  look(at: string): void {
    this.#look.push({ chapter: String(this.#chapter), at });
  }

  end(): void {
    console.log('\nWhere to look at each step:');
    for (const { chapter, at } of this.#look) this.tell(`${chapter}. ${at}`);
  }
}
