using System.Reflection;

namespace Lyra.Jit.Ir;

/// <summary>
/// A static C# method that emitted code calls. The table of them is <see cref="Emission.RegionHelpers"/>. Parameters are the CLR types of the inputs
/// (an Any as two: <c>object?</c>, <c>long</c>), after a leading <see cref="Runtime.Execution.ScriptContext"/> where <see cref="TakesContext"/>.
/// </summary>
/// <remarks>
/// A result of type Any is returned as a <see cref="Runtime.Values.Value"/>. A helper that exits (<see cref="IrEffects.Exits"/>) reports it
/// with the reference <see cref="Emission.RegionHelpers.ExitTag"/> in a Value, with null for an object, with <c>false</c> when its result type
/// is None; it has had no effect then, charged nothing, and never lets an exception out: the interpreter executes the instruction again and
/// raises what there is to raise.
/// </remarks>
/// <param name="Name">Unique; what the printer shows.</param>
/// <param name="Method">The method.</param>
/// <param name="Result">The representation of the result.</param>
/// <param name="Effects">What it may do besides.</param>
/// <param name="Reads">What it reads.</param>
/// <param name="Writes">What it writes.</param>
/// <param name="IsTotal">Whether it has an answer for all inputs of their types: no guard need stand before it.</param>
/// <param name="Bytes">What it charges for the object that it makes, when that is always the same and nothing else makes it exit; otherwise 0.</param>
internal sealed record RegionHelper(
    string Name, MethodInfo Method, IrType Result, IrEffects Effects, IrMemory Reads, IrMemory Writes, bool IsTotal = false, long Bytes = 0)
{
    /// <summary>
    /// Whether it takes any number of values (up to <see cref="Emission.NativeArguments.Capacity"/>) behind its fixed parameters: its last two are
    /// a reference to them and how many there are.
    /// </summary>
    public bool TakesMany => Method.GetParameters() is [.., { } values, _] && values.ParameterType == typeof(Emission.NativeArguments).MakeByRefType();

    /// <summary>Inputs that come before those that <see cref="TakesMany"/> is about.</summary>
    public int FixedInputs => Method.GetParameters().Length - (TakesContext ? 1 : 0) - 2;

    public bool TakesContext => Method.GetParameters() is [{ } first, ..] && first.ParameterType == typeof(Runtime.Execution.ScriptContext);
}
