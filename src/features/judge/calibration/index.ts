/** @module features/judge/calibration/index What others may use of calibration: prepare one, ask judges, certify what they say. */
export { calibrateJudge } from './calibrate.ts';
export { certifyJudge } from './certify.ts';
export { type CalibrationItem, markedItems } from './items/items.ts';
export { prepareCalibration } from './prepare.ts';
