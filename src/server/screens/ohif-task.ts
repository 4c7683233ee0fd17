// Brings OHIF into the cache folder that is named on the command line: a process of its own, started by ohif.ts.

import { installOhif } from './ohif-install.ts';

await installOhif(process.argv[2]!, { tarball: process.argv[3] });
