using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Errors;

/// <summary>
/// Throw helpers for C# code, which keep hot methods small. Formatting a message never runs script code. Each helper returns a
/// <see cref="ScriptErrorException"/> only formally, so that callers may write <c>throw Throw.TypeError(…)</c>.
/// </summary>
internal static class Throw
{
    [DoesNotReturn]
    public static ScriptErrorException Error(string kind, string message) => throw new ScriptErrorException(new ErrorObject(kind, message));

    [DoesNotReturn]
    public static ScriptErrorException TypeError(string message) => Error(ErrorKinds.TypeError, message);

    /// <summary>The error for a change of a frozen container, given as <c>list</c>.</summary>
    [DoesNotReturn]
    public static ScriptErrorException Frozen(string container) => TypeError($"the {container} is frozen; change a copy of it instead");

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
    /// Refuses to make a str, list, … of more than <paramref name="most"/> elements. The message does not say how many were asked for,
    /// because that number may be too large to be useful.
    /// </summary>
    /// <param name="what">The object to be made: <c>a str</c>, or <c>join: a str</c> when the message names a builtin.</param>
    /// <param name="most">The most elements that can exist.</param>
    /// <param name="elements">The name of the elements.</param>
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
        new ErrorObject(ErrorKinds.StackOverflow, $"calls are nested deeper than {Counts.Of(maxFrames, "frame")}")
        {
            Limit = LimitKind.Frames,
        });

    /// <summary>An uncatchable limit error.</summary>
    [DoesNotReturn]
    public static ScriptErrorException LimitExceeded(LimitKind limit, string message) =>
        throw new ScriptErrorException(ErrorObject.LimitExceeded(limit, message));

    /// <summary>The name of a value's type, as <c>type(v)</c> returns it.</summary>
    public static string TypeName(in Value value) => value.Ref switch
    {
        null => "nil",
        ScriptObject o => o.TypeName,
        _ => value.IsInt ? "int" : value.IsFloat ? "float" : "bool",
    };

    /// <summary>Returns an int of any size as text that is short enough for a message.</summary>
    public static string IntText(in Value number)
    {
        BigInteger value = number.AsBig;
        return value.GetBitLength() > 256 ? "(a huge int)" : value.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}
