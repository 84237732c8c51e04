using System;
using System.Diagnostics.CodeAnalysis;
using Lyra.Jit.HostCode;
using Lyra.Jit.Profiles;

namespace Lyra.Jit.Ir;

/// <summary>
/// A static C# method that emitted code calls. <see cref="Helpers.RegionHelpers"/> is the table of all. The parameters have the CLR types
/// of the inputs (an Any is two: <c>object?</c>, <c>long</c>), behind a <see cref="Runtime.Execution.ScriptContext"/> if <see
/// cref="TakesContext"/>.
/// </summary>
/// <remarks>
/// A result of type Any is returned as a <see cref="Runtime.Values.Value"/>. A helper with <see cref="IrEffects.Exits"/> makes the region
/// exit when it returns a Value with the reference <see cref="Helpers.GuardedCalls.ExitTag"/>, null in place of an object, or <c>false</c>
/// if its result type is None. It then has had no effect and charged nothing. It never lets an exception out: the interpreter executes the
/// instruction again and raises the error.
/// </remarks>
/// <param name="Name">The unique name, which the printer shows.</param>
/// <param name="Owner">The class that declares the method of that name.</param>
/// <param name="Result">The representation of the result.</param>
/// <param name="Effects">Its effects.</param>
internal sealed record RegionHelper(
    string Name,
    [property: DynamicallyAccessedMembers(HelperMethod.OwnerMembers)]
    [param: DynamicallyAccessedMembers(HelperMethod.OwnerMembers)]
    Type Owner,
    IrType Result,
    IrEffects Effects)
{
    public HelperMethod Method => new(Owner, Name);

    /// <summary>The memory that it reads.</summary>
    public IrMemory Reads { get; init; }

    /// <summary>The memory that it writes.</summary>
    public IrMemory Writes { get; init; }

    /// <summary>Whether it accepts all inputs of its types, so that no guard need precede it.</summary>
    public bool IsTotal { get; init; }

    /// <summary>The bytes that it charges for its object, if constant and the only reason to exit; otherwise 0.</summary>
    public long Bytes { get; init; }

    /// <summary>A bit for each input to which it keeps no reference, neither in an object nor in its result.</summary>
    public int Borrowed { get; init; }

    /// <summary>Whether it keeps references to what the inputs of <see cref="Borrowed"/> contain.</summary>
    public bool KeepsParts { get; init; }

    /// <summary>A bit for each input that it stores in the object which is its first input.</summary>
    public int Stored { get; init; }

    /// <summary>Whether its result is what the object that is its first input contained.</summary>
    public bool Loads { get; init; }

    /// <summary>The ints that it returns, whatever its inputs.</summary>
    public Interval Range { get; init; } = Interval.All;

    /// <summary>
    /// Whether it takes any number of values (up to <see cref="Ir.NativeArguments.Capacity"/>) behind its fixed parameters: its last two
    /// parameters are a reference to them and their number.
    /// </summary>
    public bool TakesMany =>
        Method.Parameters is [.., { } values, _] && values == typeof(Runtime.Values.Value).MakeByRefType();

    /// <summary>Whether <see cref="Borrowed"/> has the bit of an input.</summary>
    public bool Borrows(int input) => input < 32 && ((Borrowed >> input) & 1) != 0;

    /// <summary>Whether <see cref="Stored"/> has the bit of an input.</summary>
    public bool Stores(int input) => input < 32 && ((Stored >> input) & 1) != 0;

    /// <summary>The number of inputs before the values of <see cref="TakesMany"/>.</summary>
    public int FixedInputs => Method.Parameters.Length - (TakesContext ? 1 : 0) - 2;

    public bool TakesContext => Method.Parameters is [{ } first, ..] && first == typeof(Runtime.Execution.ScriptContext);
}
