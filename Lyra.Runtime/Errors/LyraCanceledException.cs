using System;
using System.Collections.Generic;
using System.Threading;
using Lyra.Runtime.Errors;

namespace Lyra;

/// <summary>
/// The host cancelled a run or a call. <see cref="OperationCanceledException.CancellationToken"/> is the token that it passed. The engine
/// stays usable.
/// </summary>
public sealed class LyraCanceledException : OperationCanceledException
{
    private readonly string[] _trace;

    internal LyraCanceledException(ErrorObject error, object owner, CancellationToken token)
        : base(error.Message, token)
    {
        Error = error;
        Owner = owner;
        _trace = [.. error.TraceLines()];
    }

    /// <summary>The file of the code that ran when the script noticed the cancellation; null when no script code ran.</summary>
    public string? File => Error.File;

    /// <summary>The line that ran, counted from 1; 0 when <see cref="File"/> is null.</summary>
    public int Line => Error.Line;

    /// <summary>The column that ran, in UTF-16 code units from 1; 0 when <see cref="File"/> is null.</summary>
    public int Column => Error.Column;

    /// <summary>The calls that ran, innermost first, each as <c>proc (file:line:column)</c>.</summary>
    public IReadOnlyList<string> ScriptTrace => _trace;

    internal ErrorObject Error { get; }

    /// <summary>The engine whose run was cancelled. If the exception leaves a host delegate, the run that called it ends with it.</summary>
    internal object Owner { get; }
}
