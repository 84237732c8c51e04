using System;
using Lyra.Runtime.Errors;

namespace Lyra;

/// <summary>A limit of the engine stopped a script. The engine stays usable.</summary>
public sealed class LyraLimitException : LyraException
{
    internal LyraLimitException(ErrorObject error, object? owner = null)
        : base(error, owner) => Limit = error.Limit ?? throw new ArgumentException("The error is not that of a limit.", nameof(error));

    /// <summary>The limit that was exceeded.</summary>
    public LimitKind Limit { get; }
}
