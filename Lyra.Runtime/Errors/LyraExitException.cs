using Lyra.Runtime.Errors;

namespace Lyra;

/// <summary>The script called <c>exit(code)</c>. What that means is the host's to decide; the engine stays usable.</summary>
public sealed class LyraExitException : LyraException
{
    internal LyraExitException(ErrorObject error, object? owner = null)
        : base(error, owner) => ExitCode = error.ExitCode;

    /// <summary>The code that the script gave, 0 to 255.</summary>
    public int ExitCode { get; }
}
