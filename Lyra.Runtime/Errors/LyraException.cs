using System;
using System.Collections.Generic;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Errors;

namespace Lyra;

/// <summary>A script error that no <c>catch</c> of the script handled. <see cref="Exception.Message"/> is the error's message.</summary>
public class LyraException : Exception
{
    private readonly string[] _trace;

    internal LyraException(ErrorObject error, object? owner = null)
        : base(error.Message, error.HostException)
    {
        Error = error;
        Owner = owner;
        _trace = [.. error.TraceLines()];
    }

    /// <summary>The kind of the error, such as <c>TypeError</c>, or a name that the script chose.</summary>
    public string Kind => Error.ErrorKind;

    /// <summary>The file in which the error was first thrown; null when script code did not throw it.</summary>
    public string? File => Error.File;

    /// <summary>The line on which the error was first thrown, counted from 1; 0 when <see cref="File"/> is null.</summary>
    public int Line => Error.Line;

    /// <summary>The column at which the error was first thrown, in UTF-16 code units from 1; 0 when <see cref="File"/> is null.</summary>
    public int Column => Error.Column;

    /// <summary>The text of the source line on which the error was first thrown; null when <see cref="File"/> is null.</summary>
    public string? SourceLine => Error.Trace is { Length: > 0 } trace ? SourceOf(trace[0]).LineText(Error.Line) : null;

    /// <summary>The calls that led to the error, innermost first, each as <c>proc (file:line:column)</c>.</summary>
    public IReadOnlyList<string> ScriptTrace => _trace;

    internal ErrorObject Error { get; }

    /// <summary>The engine whose script threw. In that engine the error stays the same; in another one it becomes a HostError.</summary>
    internal object? Owner { get; }

    /// <summary>Returns the exception that a host gets for a script error.</summary>
    internal static LyraException From(ErrorObject error, object? owner = null) => error switch
    {
        { Class: ErrorClass.Exit } => new LyraExitException(error, owner),
        { Limit: not null } => new LyraLimitException(error, owner),
        _ => new LyraException(error, owner),
    };

    private static ScriptSource SourceOf(TraceEntry entry) => entry.Prototype.Source;
}
