using Lyra.Runtime.Errors;

namespace Lyra;

/// <summary>The script called <c>exit(code)</c>. The host decides what to do; the engine stays usable.</summary>
public sealed class LyraExitException : LyraException
{
    internal LyraExitException(ErrorObject error, object? owner = null)
        : base(error, owner) => ExitCode = error.ExitCode;

    /// <summary>The argument of <c>exit</c>, 0 to 255.</summary>
    public int ExitCode { get; }
}
