
namespace Lyra.Tests.Runtime.Library;

/// <summary>One call of the library with its expected result.</summary>
/// <param name="Name">The row's qualified name.</param>
/// <param name="Expected">The result as a literal, or <c>!Kind</c> for an error.</param>
/// <param name="Arguments">The arguments (<see cref="LibraryCalls.ToValue"/>).</param>
internal sealed record Example(string Name, string Expected, object?[] Arguments)
{
    /// <summary>The first argument after the call, as a literal; null to ignore it.</summary>
    public string? After { get; init; }

    /// <summary>The output of the call; null to ignore it.</summary>
    public string? Output { get; init; }

    /// <summary>A call with a result.</summary>
    public static Example Gives(string expected, string name, params object?[] arguments) => new(name, expected, arguments);

    /// <summary>A call that changes its first argument.</summary>
    public static Example Exits(string after, string expected, string name, params object?[] arguments) =>
        new(name, expected, arguments) { After = after };

    public override string ToString() => $"{Name} gives {Expected}";
}

/// <summary>The elements of a list. A bare array would be taken for the arguments themselves.</summary>
internal sealed record Items(object?[] Values);
