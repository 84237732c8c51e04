namespace Lyra.Interpreter.Diagnostics;

/// <summary>
/// The diagnostics of the lexer and parser: 00 general, 01 tokens, 02 grammar, 03 structure. The meaning of a code never changes; new codes
/// are added at the end of their group. <c>DiagnosticCensusTests</c> causes each of them.
/// </summary>
internal static class SyntaxDiagnostics
{
    public static readonly DiagnosticDescriptor TooManyErrors =
        Error("LY0001", "Too many errors; fix those above first.");

    public static readonly DiagnosticDescriptor TooDeep =
        Error("LY0002", "The source is nested deeper than the compiler's {0} levels; split it up.");

    public static readonly DiagnosticDescriptor UnexpectedCharacter =
        Error("LY0101", "`{0}` is not valid here; remove it.");

    public static readonly DiagnosticDescriptor UnterminatedString =
        Error("LY0102", "This string is never closed; end it with {0}.");

    public static readonly DiagnosticDescriptor UnterminatedComment =
        Error("LY0103", "This comment is never closed; end it with `*/`.");

    public static readonly DiagnosticDescriptor UnknownEscape =
        Error("LY0104", "`{0}` is not an escape; write `\\\\` for a backslash, or a raw string r\"…\".");

    public static readonly DiagnosticDescriptor BadUnicodeEscape =
        Error("LY0105", "A `\\u{{…}}` takes one to six hexadecimal digits, at most 10FFFF.");

    public static readonly DiagnosticDescriptor NumberRunsOn =
        Error("LY0106", "`{0}` can't follow a number directly; remove it or put a space before it.");

    public static readonly DiagnosticDescriptor NumberWithoutDigits =
        Error("LY0107", "`{0}` has no digits; write some after the prefix.");

    public static readonly DiagnosticDescriptor TrailingUnderscore =
        Error("LY0108", "The digits of a number cannot end in `_`; remove it.");

    public static readonly DiagnosticDescriptor NumberTooLong =
        Error("LY0109", "The number literals over 1,000 digits have at most 1,000,000 digits together; compute or parse the number.");

    public static readonly DiagnosticDescriptor DecimalTooLarge =
        Error("LY0113", "A decimal has at most 28 digits before its point; write a float, without the `d`.");

    public static readonly DiagnosticDescriptor SingleQuotes =
        Error("LY0110", "Strings need double quotes; write \"…\".");

    public static readonly DiagnosticDescriptor EscapedLineEnd =
        Error("LY0111", "Blanks follow the backslash that joins this line with the next one; remove them.");

    public static readonly DiagnosticDescriptor NameTooLong =
        Error("LY0112", "A name has at most {0} characters; shorten it.");

    public static readonly DiagnosticDescriptor Expected =
        Error("LY0201", "Expected {0}, but found {1}.");

    public static readonly DiagnosticDescriptor ExpectedExpression =
        Error("LY0202", "Expected an expression, but found {0}.");

    public static readonly DiagnosticDescriptor ExpectedStatementEnd =
        Error("LY0203", "Expected the end of the statement, but found {0}; begin a new line or put `;` before it.");

    public static readonly DiagnosticDescriptor UnclosedBracket =
        Error("LY0204", "This {0} is never closed; add {1}.");

    public static readonly DiagnosticDescriptor StrayToken =
        Error("LY0205", "{0} does not belong to any construct here; remove it.");

    public static readonly DiagnosticDescriptor ChainedComparison =
        Error("LY0206", "Comparisons do not chain; join two of them with `and`, or use parentheses.");

    public static readonly DiagnosticDescriptor ChainedRange =
        Error("LY0207", "Ranges do not chain; use parentheses.");

    public static readonly DiagnosticDescriptor LooseNot =
        Error("LY0208", "`not` has lower precedence than the operator before it; write `!` or use parentheses.");

    public static readonly DiagnosticDescriptor NotAssignable =
        Error("LY0209", "This cannot be assigned to; a target is a name, a field, an index, or a tuple or list of these.");

    public static readonly DiagnosticDescriptor SliceAssignment =
        Error("LY0210", "A slice cannot be assigned to; assign its elements one by one.");

    public static readonly DiagnosticDescriptor AssignmentAsValue =
        Error("LY0211", "An assignment has no value; write `==` to compare, or make it a statement of its own.");

    public static readonly DiagnosticDescriptor TargetCount =
        Error("LY0212", "There are {0} targets, but {1} values; write as many values, or one value to destructure.");

    public static readonly DiagnosticDescriptor CompoundTarget =
        Error("LY0213", "A compound assignment changes one name, field or index; write one statement for each.");

    public static readonly DiagnosticDescriptor SpawnWithoutCall =
        Error("LY0214", "`spawn` starts a call; write `spawn f(x)`.");

    public static readonly DiagnosticDescriptor LambdaAsOperand =
        Error("LY0215", "`=>` cannot follow here; put the lambda in parentheses, with its parameters as plain names.");

    public static readonly DiagnosticDescriptor ExpectedBody =
        Error("LY0216", "Expected `{{`, but found {0}; without braces only return, break, continue, throw or yield may follow.");

    public static readonly DiagnosticDescriptor MissingInitializer =
        Error("LY0217", "{0} needs a value; write `= value` after it.");

    public static readonly DiagnosticDescriptor NoDeclarationPattern =
        Error("LY0218", "Only names, `_`, and tuples or lists of them can be declared; use `match` for other patterns.");

    public static readonly DiagnosticDescriptor ExpectedPattern =
        Error("LY0219", "Expected a pattern, but found {0}.");

    public static readonly DiagnosticDescriptor SecondRest =
        Error("LY0220", "A pattern has one `...` at most; remove this one.");

    public static readonly DiagnosticDescriptor RangePatternEnd =
        Error("LY0221", "The ends of a range pattern are int literals; use a guard for anything else.");

    public static readonly DiagnosticDescriptor InterpolatedLiteral =
        Error("LY0222", "This string must be constant and cannot contain `${{ }}`.");

    public static readonly DiagnosticDescriptor MisplacedRest =
        Error("LY0223", "`...` must come last here; move it to the end.");

    public static readonly DiagnosticDescriptor ExpectedType =
        Error("LY0224", "Expected a type, but found {0}.");

    public static readonly DiagnosticDescriptor RestDefault =
        Error("LY0225", "A rest parameter takes no default; without arguments it is an empty list.");

    public static readonly DiagnosticDescriptor RequiredAfterDefault =
        Error("LY0226", "`{0}` needs a default, because a parameter before it has one.");

    public static readonly DiagnosticDescriptor TryWithoutHandler =
        Error("LY0227", "`try` needs a `catch` or a `finally` after its block.");

    public static readonly DiagnosticDescriptor ExpectedKind =
        Error("LY0228", "Expected the kind of error as a string such as \"ValueError\", but found {0}.");

    public static readonly DiagnosticDescriptor LabelWithoutLoop =
        Error("LY0229", "The label `{0}` is not before a loop; only `for` and `while` take labels.");

    public static readonly DiagnosticDescriptor ExpectedStructMember =
        Error("LY0230", "Expected a field or a proc of the struct, but found {0}.");

    public static readonly DiagnosticDescriptor StatementArm =
        Error("LY0231", "In a `match` that is used as a value, an arm is an expression or a block; put this statement in braces.");

    public static readonly DiagnosticDescriptor UnnamedModule =
        Error("LY0232", "`{0}` does not end with a usable name; add `as name`.");

    public static readonly DiagnosticDescriptor EmptyInterpolation =
        Error("LY0233", "`${{ }}` needs an expression; write `\\${{` for the characters themselves.");

    public static readonly DiagnosticDescriptor ShorthandField =
        Error("LY0234", "The field `{0}` needs a value; write `{0}: value`.");

    public static readonly DiagnosticDescriptor NoIncrement =
        Error("LY0236", "`{0}{0}` is not an operator; write `x {0}= 1` as a statement of its own.");

    public static readonly DiagnosticDescriptor NoConditional =
        Error("LY0237", "`? :` is not an operator; write `if c {{ a }} else {{ b }}`.");

    public static readonly DiagnosticDescriptor UnterminatedFormat =
        Error("LY0238", "This format does not end; it goes on to the next `}}` of its line and has no `\"`.");

    public static readonly DiagnosticDescriptor EmptyFormat =
        Error("LY0239", "The format after `:` is empty; write one such as `:F2`, or leave out the colon.");

    public static readonly DiagnosticDescriptor UnknownFormat =
        Error("LY0240", "`{0}` is no format; write F2 or 0.00 for two digits after the point, N0 for groups, X for hexadecimal.");

    public static readonly DiagnosticDescriptor FormatTooWide =
        Error("LY0241", "A width is at most {0}.");

    public static readonly DiagnosticDescriptor OperatorBeginsLine =
        Error("LY0242", "A line can't begin with `{0}`; put it at the end of the line before.");

    public static readonly DiagnosticDescriptor LoneComprehension =
        Error("LY0243", "A comprehension stands alone in its brackets; put it in brackets of its own.");

    public static readonly DiagnosticDescriptor SuspendedComprehension =
        Error("LY0244", "A comprehension can't contain `await` or `yield`; write a loop.");

    public static readonly DiagnosticDescriptor ForeignWord =
        Error("LY0245", "`{0}` is not a word of Lyra; write `{1}`.");

    public static readonly DiagnosticDescriptor ExpectedEnumMember =
        Error("LY0246", "Expected a case or a proc of the enum, but found {0}.");

    public static readonly DiagnosticDescriptor NoCases =
        Error("LY0247", "The enum `{0}` has no cases; add at least one.");

    public static readonly DiagnosticDescriptor EmptyCase =
        Error("LY0248", "A case without fields is a value and takes no parentheses; write `{0}`.");

    public static readonly DiagnosticDescriptor UseInEnum =
        Error("LY0249", "An enum can't use a struct; declare the members in the enum.");

    public static readonly DiagnosticDescriptor PositionalField =
        Error("LY0250", "A field without a name can't follow one with a name; name this one too.");

    public static readonly DiagnosticDescriptor ForeignOperator =
        Error("LY0251", "`{0}` is not an operator of Lyra; write `{1}`.");

    public static readonly DiagnosticDescriptor BreakOutsideLoop =
        Error("LY0301", "`{0}` is outside of a loop; move it into one.");

    public static readonly DiagnosticDescriptor UnknownLabel =
        Error("LY0302", "No enclosing loop has the label `{0}`.");

    public static readonly DiagnosticDescriptor ReturnOutsideProc =
        Error("LY0303", "`return` is outside of a proc; use `exit(code)` to end the program.");

    public static readonly DiagnosticDescriptor YieldOutsideProc =
        Error("LY0304", "`yield` is outside of a proc; move it into one.");

    public static readonly DiagnosticDescriptor ExitsFinally =
        Error("LY0305", "`{0}` cannot leave a `finally` block; let the block end.");

    public static readonly DiagnosticDescriptor MisplacedAwait =
        Error("LY0306", "`await` is only allowed in an `async proc` or at the top level; declare the proc `async`.");

    public static readonly DiagnosticDescriptor MisplacedImport =
        Error("LY0307", "`import` is only allowed at the top level; move it there.");

    public static readonly DiagnosticDescriptor MisplacedPub =
        Error("LY0308", "`pub` is only allowed before a declaration at the top level; remove it.");

    public static readonly DiagnosticDescriptor YieldInAsync =
        Error("LY0309", "An `async proc` returns a task and can't `yield`; send the values through a channel.");

    public static readonly DiagnosticDescriptor DuplicateLabel =
        Error("LY0310", "An enclosing loop already has the label `{0}`; choose another.");

    private static DiagnosticDescriptor Error(string code, string message) => new(code, DiagnosticSeverity.Error, message);
}
