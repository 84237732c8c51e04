using System;

namespace Lyra.Runtime.Errors;

/// <summary>
/// Carries an <see cref="ErrorObject"/> from C# code (builtins, semantics) to the interpreter loop, which unwinds the script's frames. The
/// host never sees it: the embedding API converts it to a <c>LyraException</c>.
/// </summary>
internal sealed class ScriptErrorException(ErrorObject error) : Exception(error.Message)
{
    public ErrorObject Error { get; } = error;
}
