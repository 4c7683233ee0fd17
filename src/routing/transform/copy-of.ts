// A copy of a data set to be edited while the other stays as it is: items are copied, values are shared.

import { DataSet } from '../../dicom/dataset.ts';
import { isItems } from '../../dicom/element.ts';

export function copyOf(dataset: DataSet): DataSet {
  const copy = copyOfItem(dataset);
  copy.characterSet = dataset.characterSet;
  return copy;
}

/** An item declares its own character set or has that around it, in the copy as where it was read. */
export function copyOfItem(item: DataSet): DataSet {
  const copy = new DataSet();
  copy.undefinedLength = item.undefinedLength;
  for (const element of item.elements.values()) {
    if (isItems(element.value)) copy.set(element.tag, element.value.map(copyOfItem), 'SQ');
    else copy.add(element);
  }
  return copy;
}
