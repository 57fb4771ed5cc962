/** Words at spaces; quotes hold a word together; a backslash outside quotes takes the next character. */
export function splitCommand(command: string): string[] {
  const words = command.match(/(?:"[^"]*"|'[^']*'|\\.|[^\s"'\\])+/g) ?? [];
  return words.map((word) =>
    word.replace(
      /"([^"]*)"|'([^']*)'|\\(.)/g,
      (_whole, double?: string, single?: string, escaped?: string) =>
        double ?? single ?? escaped ?? '',
    ),
  );
}
