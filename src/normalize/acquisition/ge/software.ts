// The release of GE MR software in (0018,1020): `27\LX\MR Software release:DV26.0_R01_1725.a`, `30\LX\SIGNA_LX1.MR30.0_R01`.

export interface Release {
  major: number;
  minor: number;
  /** After _R; 0 where none is given. */
  revision: number;
}

export function releaseOf(softwareVersions: readonly string[]): Release | undefined {
  for (const text of softwareVersions) {
    const parts = /(\d{2})\.(\d)(?:_R(\d+))?/.exec(text);
    if (parts !== null) return { major: Number(parts[1]), minor: Number(parts[2]), revision: Number(parts[3] ?? 0) };
  }
  return undefined;
}

export function isAtLeast(release: Release, major: number, revision: number): boolean {
  return release.major > major || (release.major === major && (release.minor > 0 || release.revision >= revision));
}
