namespace Lyra.Interpreter.Syntax;

/// <summary>
/// Limits that keep the compiler within the native stack and within a reasonable time for any input. A diagnostic reports each.
/// </summary>
internal static class SyntaxLimits
{
    /// <summary>
    /// How deep brackets, blocks, prefix operators, right-associative operators, lambdas, the links of a postfix chain and the nested
    /// part of a binary run may nest, all counted together along one path of the tree. A thousand levels of anything that is written
    /// with two such steps per level (a proc inside a call) are well within it.
    /// </summary>
    /// <remarks>
    /// A step may be several nodes (operators of falling precedence, statement and block), so a walk of the highest tree needs more stack
    /// than a host's thread may have: see <see cref="DeepStack"/> and <see cref="Ast.ModuleNode.Depth"/>.
    /// </remarks>
    public const int MaxNesting = 4_000;

    /// <summary>Longer runs of left-associative operators of one precedence become a flat chain.</summary>
    public const int MaxBinaryRun = 100;

    /// <summary>Digits of a number literal, prefix and underscores not counted.</summary>
    public const int MaxNumberDigits = 1_000_000;

    /// <summary>After this number of diagnostics the parser abandons the file with "too many errors".</summary>
    public const int MaxDiagnostics = 100;
}
