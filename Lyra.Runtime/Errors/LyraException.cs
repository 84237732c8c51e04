using System;
using System.Collections.Generic;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Errors;

namespace Lyra;

/// <summary>A script error that no <c>catch</c> of the script took. <see cref="Exception.Message"/> is the error's own message.</summary>
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

    /// <summary>The file in which the error was thrown first; null when it was not thrown by script code.</summary>
    public string? File => Error.File;

    /// <summary>The line on which it was thrown first, counted from 1; 0 when <see cref="File"/> is null.</summary>
    public int Line => Error.Line;

    /// <summary>The column at which it was thrown first, counted from 1 in UTF-16 code units; 0 when <see cref="File"/> is null.</summary>
    public int Column => Error.Column;

    /// <summary>The text of the source line on which it was thrown first; null when <see cref="File"/> is null.</summary>
    public string? SourceLine => Error.Trace is { Length: > 0 } trace ? SourceOf(trace[0]).LineText(Error.Line) : null;

    /// <summary>The calls that led to the error, innermost first, each as <c>proc (file:line:column)</c>.</summary>
    public IReadOnlyList<string> ScriptTrace => _trace;

    internal ErrorObject Error { get; }

    /// <summary>The engine whose script threw: inside it the error goes on as itself, in another one it is an error of the host.</summary>
    internal object? Owner { get; }

    /// <summary>The exception that a host sees for a script error.</summary>
    internal static LyraException From(ErrorObject error, object? owner = null) => error switch
    {
        { Class: ErrorClass.Exit } => new LyraExitException(error, owner),
        { Limit: not null } => new LyraLimitException(error, owner),
        _ => new LyraException(error, owner),
    };

    private static ScriptSource SourceOf(TraceEntry entry) => entry.Prototype.Source;
}
