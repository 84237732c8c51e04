using System;

namespace Lyra.Runtime.Errors;

/// <summary>
/// Carries an <see cref="ErrorObject"/> out of C# code (builtins, semantics) to the interpreter loop, which unwinds the script's frames.
/// Never seen by a host: the embedding API turns it into a <c>LyraException</c>.
/// </summary>
internal sealed class ScriptErrorException(ErrorObject error) : Exception(error.Message)
{
    public ErrorObject Error { get; } = error;
}
