// The other side of procedure-model-training.ts.

import { type TrainingTask, trainProcedureModel } from './train-procedure-model.ts';

process.once('message', (task) => {
  process.send!(trainProcedureModel(task as TrainingTask), () => process.disconnect());
});
// Nobody waits for it any more.
process.once('disconnect', () => process.exit());
