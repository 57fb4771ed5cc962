/**
 * All words, Chinese and English. Messages live in messages/<area>.<locale>.json and are compiled
 * to typed functions; this module is the door to them, for the window, the shell and the reports.
 *
 * Write `sentence('key', { facts })` where something is found, `say(sentence, locale)` where it is
 * shown, `words('key', { facts }, locale)` where both happen at once. A fact's name carries its
 * unit, which the formatting adds: a message says `{timeoutMs}`, not `{timeoutMs} ms`.
 */
export { perLocale, say, sentence, words, type FactsOf, type PerLocale } from './say.ts';
export { loadWords } from '#languages';
export { isMessageKey, snakeOfKebab, type KebabToSnake, type MessageKey } from './catalogue.ts';
export { currencies, numericCurrency } from './currencies.ts';
export { cleanText, clipText } from './clean-text.ts';
export { isolated, marked } from './isolate.ts';
export { faultWords } from './faults.ts';
export {
  formatBytes,
  formatDuration,
  formatNumber,
  formatQuantity,
  formatTime,
  formatWhole,
  unitWords,
} from './format.ts';
export {
  actorWord,
  adbOpeningWords,
  answerWords,
  checkLabel,
  checkName,
  choiceWords,
  confidenceWords,
  deviceLabel,
  evidenceSubjectWord,
  findingSign,
  groupLabel,
  roleWord,
  rungLabel,
  symptomWords,
  verdictSign,
  verdictWord,
} from './labels.ts';
export { packageImages, packageRows } from './factory.ts';
export { probeStepLabel } from './probes.ts';
export { correctionKind } from './corrections.ts';
export { formatReading, measuringFacts, readingLabel, settingWords } from './readings.ts';
export { scannerCodeWords, scannerEvidence, scannerEvidenceWords, scannerSign } from './scanner.ts';
export { cardWords, phoneWords, supportWords, type CardWords } from './support-words.ts';
export { dayOf, nextVisitWords, nothingCompared, trendWords } from './trends.ts';
export { acquirerFaultWords, trainingFaultWords } from './training.ts';
