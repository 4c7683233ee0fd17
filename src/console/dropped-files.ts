// The files of what was dropped on the page: files, folders and all that is in them, a CD with its DICOMDIR.

/** Names on media that are no objects: the directory (PS3.10 8.6), and what starts viewers. */
const notObjects =
  /^(DICOMDIR|README.*|AUTORUN\.INF|LOCKFILE|VERSION|Thumbs\.db|\.DS_Store)$|\.(exe|dll|txt|html?|inf|ini|ico|jar|css|js|zip|msi|xml|pdf)$/i;

/** Must be called while the event is handled: afterwards the browser forgets what was dropped. */
export function droppedFiles(transfer: DataTransfer): AsyncGenerator<File> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  return filesOf(entries);
}

/** PS3.10 8.6: of a medium. */
export const isDirectory = ({ name }: File): boolean => name.toUpperCase() === 'DICOMDIR';

export const isObject = ({ name, size }: File): boolean => size > 0 && !notObjects.test(name);

async function* filesOf(entries: readonly FileSystemEntry[]): AsyncGenerator<File> {
  for (const entry of entries) {
    if (entry.isFile)
      yield await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    else yield* filesOf(await childrenOf(entry as FileSystemDirectoryEntry));
  }
}

/** A folder gives its entries a hundred at a time, until it gives none. */
async function childrenOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return all;
    all.push(...some);
  }
}
