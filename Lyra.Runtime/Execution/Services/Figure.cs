using Lyra.Runtime.Values;

namespace Lyra.Runtime.Execution;

/// <summary>One figure that a module of the library shows a script.</summary>
/// <param name="Name">The key in the script's map.</param>
/// <param name="Value">A number, a bool, or a value that the caller has charged.</param>
internal readonly record struct Figure(string Name, Value Value);
