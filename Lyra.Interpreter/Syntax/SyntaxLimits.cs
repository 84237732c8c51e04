namespace Lyra.Interpreter.Syntax;

/// <summary>Bounds that keep any input within the native stack and within sensible time; each is reported as a diagnostic when passed.</summary>
internal static class SyntaxLimits
{
    /// <summary>
    /// How deep brackets, blocks, unary operators, right-associative operators, lambdas, patterns, types and the links of a postfix chain
    /// may nest, all counted together along one path of the tree.
    /// </summary>
    public const int MaxNesting = 1_500;

    /// <summary>Longer runs of left-associative operators of one precedence become a flat chain.</summary>
    public const int MaxBinaryRun = 100;

    /// <summary>Digits of a number literal, prefix and underscores not counted.</summary>
    public const int MaxNumberDigits = 1_000_000;

    /// <summary>After so many diagnostics of one file the parser gives up with "too many errors".</summary>
    public const int MaxDiagnostics = 100;
}
