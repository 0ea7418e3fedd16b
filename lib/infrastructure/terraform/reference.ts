/** An expression that Terraform puts a value in for. */
export function ref(expression: string): string {
  return `\${${expression}}`;
}
