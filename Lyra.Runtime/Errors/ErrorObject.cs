using System;
using System.Collections.Generic;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Errors;

/// <summary>How an error propagates, and what can stop it.</summary>
internal enum ErrorClass : byte
{
    /// <summary>Any catch clause that matches its kind stops it.</summary>
    Catchable,

    /// <summary>A limit (time, steps, memory): finally blocks run, nothing catches it.</summary>
    Limit,

    /// <summary>The cancellation of the running task: finally blocks run, nothing catches it.</summary>
    Cancellation,

    /// <summary>The cancellation of the run by the host: finally blocks run, nothing catches it.</summary>
    RunCancellation,

    /// <summary><c>exit(code)</c>: finally blocks run, nothing catches it.</summary>
    Exit,

    /// <summary>
    /// A fault outside the script. No script code runs afterwards, not even finally blocks, because their variables may be wrong.
    /// </summary>
    Fault,

    /// <summary>An iterator is being closed at a yield: finally blocks run, nothing catches it, and it is not reported.</summary>
    IteratorClose,
}

/// <summary>One line of a script trace: the position of a frame.</summary>
internal readonly record struct TraceEntry(Prototype Prototype, int Pc);

/// <summary>
/// A script error: the value that <c>throw</c> throws and <c>catch</c> binds. Its line and trace are those of the first throw; before it
/// they are empty.
/// </summary>
internal sealed class ErrorObject(string kind, string message) : OwnedObject
{
    private const long ObjectBytes = 104;

    /// <summary>The bytes counted for an exception of the host with its stack trace. The real number is unknown.</summary>
    private const long ExceptionBytes = 2048;

    /// <summary>An error further along the chain of causes; see <see cref="FirstCause"/>.</summary>
    private ErrorObject? _furtherCause;

    public string ErrorKind { get; } = kind;

    public string Message { get; } = message;

    /// <summary>The str whose text is the message; null when C# code made the text, so that the error alone pays for it.</summary>
    public ScriptObject? MessageOwner { get; init; }

    /// <summary>Whether memory was charged when the error was made, so that its first throw costs only its trace.</summary>
    public bool IsCharged { get; init; }

    public ErrorClass Class { get; init; }

    /// <summary>The argument of <c>exit</c>, for <see cref="ErrorClass.Exit"/>.</summary>
    public int ExitCode { get; init; }

    /// <summary>The limit that was exceeded, for <see cref="ErrorClass.Limit"/> and for the frame limit.</summary>
    public LimitKind? Limit { get; init; }

    /// <summary>
    /// The error that was being handled when this one was thrown, or the third argument of <c>error(kind, message, cause)</c>; null when
    /// there is none.
    /// </summary>
    public ErrorObject? Cause { get; set; }

    /// <summary>The .NET exception that caused the error; null when there is none.</summary>
    public Exception? HostException { get; init; }

    /// <summary>The frames at the first throw, innermost first; null before it. At most <see cref="MaxTrace"/> entries are kept.</summary>
    public TraceEntry[]? Trace { get; private set; }

    /// <summary>The number of frames omitted from the middle of <see cref="Trace"/>.</summary>
    public int OmittedFrames { get; private set; }

    /// <summary>The most frames that are kept: the innermost two thirds and the outermost third.</summary>
    public const int MaxTrace = 150;

    /// <summary>The number of innermost frames in a trace that leaves frames out: the outermost ones follow.</summary>
    public const int InnermostOfTrace = MaxTrace / 3 * 2;

    public bool IsCatchable => Class == ErrorClass.Catchable;

    public bool HasTrace => Trace is not null;

    public string? File => Trace is { Length: > 0 } t ? t[0].Prototype.Source.FileName : null;

    /// <summary>The 1-based line of the first throw; 0 before it.</summary>
    public int Line => Trace is { Length: > 0 } t ? t[0].Prototype.PositionAt(t[0].Pc).Line : 0;

    /// <summary>The 1-based column of the first throw; 0 before it.</summary>
    public int Column => Trace is { Length: > 0 } t ? t[0].Prototype.PositionAt(t[0].Pc).Column : 0;

    public override ValueKind Kind => ValueKind.Error;

    /// <summary>
    /// The bytes of the object, its trace and the exception of the host, without its texts, which other objects may share.
    /// </summary>
    public override long OwnBytes => ObjectBytes + TraceBytes + (HostException is null ? 0 : ExceptionBytes);

    /// <summary>The bytes of the object and of those of its texts for which no str pays.</summary>
    public long BytesWithTexts => OwnBytes + TextBytes(ErrorKind) + (MessageOwner is null ? TextBytes(Message) : 0);

    /// <summary>The bytes to charge when the error has been thrown for the first time.</summary>
    public long BytesOfThrow => IsCharged ? TraceBytes : BytesWithTexts;

    private long TraceBytes => Trace is null ? 0 : 24 + (16L * Trace.Length);

    public override void VisitReferences(HeapVisitor visitor)
    {
        visitor.VisitText(ErrorKind);
        visitor.VisitText(MessageOwner is null ? Message : null);
        visitor.Visit(MessageOwner);
        visitor.Visit(Cause);
        visitor.Visit(_furtherCause);
    }

    /// <summary>The error at the end of the chain of causes; this one when it has no cause.</summary>
    /// <remarks>
    /// A chain may have as many errors as there are frames, and each handler searches its end. So each search halves the path that it
    /// follows (as in a union-find structure), which is possible because a cause never changes once it is set.
    /// </remarks>
    public ErrorObject FirstCause()
    {
        ErrorObject error = this;
        while ((error._furtherCause ?? error.Cause) is { } next)
        {
            error._furtherCause = next._furtherCause ?? next.Cause ?? next;
            error = error._furtherCause;
        }

        return error;
    }

    /// <summary>The error of an exceeded limit, which no handler catches.</summary>
    public static ErrorObject LimitExceeded(LimitKind limit, string message, Exception? hostException = null) =>
        new(ErrorKinds.LimitExceeded, message) { Class = ErrorClass.Limit, Limit = limit, HostException = hostException };

    /// <summary>
    /// The CLR is out of memory although the limits allow more. The script is stopped as by a limit, and the process continues.
    /// </summary>
    public static ErrorObject MemoryRefused() => LimitExceeded(LimitKind.Memory, "the process is out of memory");

    /// <summary>The error that an exception of C# code raises in the script; null when the exception is not one of a script.</summary>
    public static ErrorObject? From(Exception exception) => exception switch
    {
        ScriptErrorException e => e.Error,
        OutOfMemoryException or InsufficientExecutionStackException => MemoryRefused(),
        _ => null,
    };

    /// <summary>Records where the error was first thrown; a later throw of the same error changes nothing.</summary>
    public void SetTrace(TraceEntry[] entries, int omitted)
    {
        if (Trace is null)
        {
            Trace = entries;
            OmittedFrames = omitted;
        }
    }

    /// <summary>The lines of <c>e.trace</c>: <c>proc (file:line:column)</c>, innermost first.</summary>
    public IEnumerable<string> TraceLines()
    {
        TraceEntry[] entries = Trace ?? [];
        for (int i = 0; i < entries.Length; i++)
        {
            if (OmittedFrames > 0 && i == InnermostOfTrace)
            {
                yield return OmittedLine(OmittedFrames);
            }

            (int line, int column) = entries[i].Prototype.PositionAt(entries[i].Pc);
            yield return $"{entries[i].Prototype.Name} ({entries[i].Prototype.Source.FileName}:{line}:{column})";
        }
    }

    /// <summary>The line that stands for frames that a trace leaves out.</summary>
    public static string OmittedLine(int frames) => $"... ({frames} more)";

    /// <summary><c>kind: message</c>.</summary>
    public override string ToString() => $"{ErrorKind}: {Message}";
}
