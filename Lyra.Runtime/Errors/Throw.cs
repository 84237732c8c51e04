using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Errors;

/// <summary>
/// The cold throw helpers of C# code: they keep hot methods small. Rendering a message never runs script code.
/// Each returns a <see cref="ScriptErrorException"/> in type only, so that callers may write <c>throw Throw.TypeError(…)</c>.
/// </summary>
internal static class Throw
{
    [DoesNotReturn]
    public static ScriptErrorException Error(string kind, string message) => throw new ScriptErrorException(new ErrorObject(kind, message));

    [DoesNotReturn]
    public static ScriptErrorException TypeError(string message) => Error(ErrorKinds.TypeError, message);

    [DoesNotReturn]
    public static ScriptErrorException ValueError(string message) => Error(ErrorKinds.ValueError, message);

    [DoesNotReturn]
    public static ScriptErrorException IndexError(string message) => Error(ErrorKinds.IndexError, message);

    /// <summary>An index outside <c>0 ≤ index &lt; length</c>.</summary>
    [DoesNotReturn]
    public static ScriptErrorException IndexOutOfRange(in Value index, int length, string what) => Error(
        ErrorKinds.IndexError,
        length == 0
            ? $"index {IntText(index)} is outside the {what}, which is empty"
            : $"index {IntText(index)} is outside the {what}: its indices are 0 to {length - 1}");

    /// <summary>
    /// A str, list, … that is refused because more elements than <paramref name="most"/> can never exist. How many were asked for may be beyond any
    /// number that says something.
    /// </summary>
    /// <param name="what">What was to be made: <c>a str</c>, or <c>join: a str</c> where a builtin is to be named.</param>
    /// <param name="most">The most that can exist.</param>
    /// <param name="elements">What it is made of.</param>
    [DoesNotReturn]
    public static ScriptErrorException CannotExist(string what, long most, string elements = "elements") =>
        ValueError($"{what} of more than {most} {elements} can't exist");

    [DoesNotReturn]
    public static ScriptErrorException FieldError(string message) => Error(ErrorKinds.FieldError, message);

    [DoesNotReturn]
    public static ScriptErrorException ArgumentError(string message) => Error(ErrorKinds.ArgumentError, message);

    [DoesNotReturn]
    public static ScriptErrorException DivisionByZero() => Error(ErrorKinds.DivisionByZero, "an int is divided by zero");

    [DoesNotReturn]
    public static ScriptErrorException ConcurrentModification(string what) =>
        Error(ErrorKinds.ConcurrentModification, $"the {what} changed its size while it was iterated over; iterate over a copy");

    [DoesNotReturn]
    public static ScriptErrorException StackOverflow(int maxFrames) => throw new ScriptErrorException(
        new ErrorObject(ErrorKinds.StackOverflow, $"calls are nested deeper than {Counts.Of(maxFrames, "frame")}") { Limit = LimitKind.Frames });

    /// <summary>An uncatchable limit error.</summary>
    [DoesNotReturn]
    public static ScriptErrorException LimitExceeded(LimitKind limit, string message) => throw new ScriptErrorException(
        new ErrorObject(ErrorKinds.LimitExceeded, message) { Class = ErrorClass.Limit, Limit = limit });

    /// <summary>The uncatchable error of a cancelled run or task.</summary>
    [DoesNotReturn]
    public static ScriptErrorException Cancelled() => throw new ScriptErrorException(
        new ErrorObject(ErrorKinds.Cancelled, "the run was cancelled") { Class = ErrorClass.Cancellation, Limit = LimitKind.Cancelled });

    /// <summary>The name of a value's type, as <c>type(v)</c> gives it.</summary>
    public static string TypeName(in Value value) => value.Ref switch
    {
        null => "nil",
        ScriptObject o => o.TypeName,
        _ => value.IsInt ? "int" : value.IsFloat ? "float" : "bool",
    };

    /// <summary>An int of any size, short enough for a message.</summary>
    public static string IntText(in Value number)
    {
        BigInteger value = number.AsBig;
        return value.GetBitLength() > 256 ? "(a huge int)" : value.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}
