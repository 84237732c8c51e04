using System;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Execution;

/// <summary>The errors that values and exceptions raise, and the precedence of errors.</summary>
internal static class ScriptErrors
{
    private const int LimitPrecedence = 3;

    /// <summary>Ends a generator that is closed. It can't be caught or observed, so there is only one object.</summary>
    public static readonly ErrorObject IteratorClose = new(ErrorKinds.Cancelled, "the iterator was closed")
    {
        Class = ErrorClass.IteratorClose,
    };

    /// <summary>The error that throwing a value raises.</summary>
    public static ErrorObject Of(in Value value) => value.Ref switch
    {
        ErrorObject error => error,
        ScriptString text => new ErrorObject(ErrorKinds.Error, text.Text) { MessageOwner = text },
        _ => new ErrorObject(ErrorKinds.TypeError, $"only an error or a str can be thrown, not a value of type {Throw.TypeName(value)}"),
    };

    /// <summary>The error of a task that was cancelled.</summary>
    public static ErrorObject TaskCancellation() => new(ErrorKinds.Cancelled, "the task was cancelled") { Class = ErrorClass.Cancellation };

    /// <summary>The error of a run that the host cancelled.</summary>
    public static ErrorObject RunCancellation() =>
        new(ErrorKinds.Cancelled, "the run was cancelled") { Class = ErrorClass.RunCancellation };

    /// <summary>
    /// Whether an error ends the whole run even if it is raised in a task: a limit, an exit, a fault, a cancellation by the host.
    /// </summary>
    public static bool EndsRun(ErrorObject error) =>
        error.Class is ErrorClass.Limit or ErrorClass.Exit or ErrorClass.Fault or ErrorClass.RunCancellation;

    /// <summary>Whether an error is a limit's, or the host's cancellation, which have precedence over all errors of scripts.</summary>
    public static bool IsLimitOfRun(ErrorObject error) => PrecedenceOf(error) == LimitPrecedence;

    /// <summary>
    /// The error with precedence when a finally block raises one while another propagates: the later one, unless it would replace an error
    /// that a script must not stop. Of two limits, the first is the cause.
    /// </summary>
    public static ErrorObject HigherPrecedence(ErrorObject? first, ErrorObject later) =>
        first is not null && (PrecedenceOf(first) > PrecedenceOf(later) || (IsLimitOfRun(first) && IsLimitOfRun(later))) ? first : later;

    /// <summary>
    /// Makes the caught error the cause of another one that propagates out of its catch block, unless that would make an error its own
    /// direct or indirect cause.
    /// </summary>
    public static void RecordCause(ErrorObject error, ErrorObject? caught)
    {
        // An error without a cause is in a chain only if it ends the chain.
        if (caught is not null && error.Cause is null && error.IsCatchable && !ReferenceEquals(caught.FirstCause(), error))
        {
            error.Cause = caught;
        }
    }

    public static ScriptErrorException UsedBeforeDeclaration(string name) =>
        Throw.ValueError($"'{name}' is used before its declaration has run");

    public static ScriptErrorException NoMatch(in Value value) =>
        Throw.Error(
            ErrorKinds.MatchError, $"no arm of the match fits {BriefText.Of(value)}, which is of type {Throw.TypeName(value)}");

    private static int PrecedenceOf(ErrorObject error) => error.Class switch
    {
        ErrorClass.Fault => 4,
        ErrorClass.Limit or ErrorClass.RunCancellation => LimitPrecedence,
        ErrorClass.Exit => 2,
        ErrorClass.Cancellation => 1,
        ErrorClass.Catchable or ErrorClass.IteratorClose => 0,
    };
}
