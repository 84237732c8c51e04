using System;
using System.Collections.Generic;
using Lyra.Jit.Profiles;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Memory;
using Lyra.Runtime.Objects;

namespace Lyra.Jit.Ir;

/// <summary>An argument of an entry region.</summary>
/// <param name="Register">
/// The callee's register that gets it; <see cref="ClosureRegister"/> for the closure, <see cref="GeneratorRegister"/> for a generator.
/// </param>
/// <param name="Representation">The representation in which it is passed.</param>
internal readonly record struct EntryArgument(int Register, Representation Representation)
{
    /// <summary>Names the running closure, which no register holds.</summary>
    public const int ClosureRegister = -1;

    /// <summary>Names the object of the generator that is resumed, which no register holds.</summary>
    public const int GeneratorRegister = -2;
}

/// <summary>
/// The calling convention of a proc region: its arguments and its result, in the representations that the profile saw. Parameters that the
/// proc never reads are not passed; the closure is passed when the proc has captures. Immutable; two signatures of a proc with equal
/// contents are interchangeable.
/// </summary>
internal sealed class EntrySignature
{
    private readonly EntryArgument[] _arguments;

    private EntrySignature(EntryArgument[] arguments, Representation? result, bool callsOut)
    {
        _arguments = arguments;
        CallsOut = callsOut;
        Result = result;
        ArgumentTypes = Array.ConvertAll(arguments, argument => argument.Representation.Type);
        ArgumentShapes = Array.ConvertAll(arguments, argument => argument.Representation.Shape);
    }

    public ReadOnlySpan<EntryArgument> Arguments => _arguments;

    /// <summary>The result; null when it is always nil, which is not passed.</summary>
    public Representation? Result { get; }

    /// <summary>
    /// Whether the proc may need the frames of its callers while it runs. Then the callers note their calls (docs/decisions/0013).
    /// </summary>
    public bool CallsOut { get; }

    public IrType ResultType => Result?.Type ?? IrType.None;

    public IrType[] ArgumentTypes { get; }

    public Shape?[] ArgumentShapes { get; }

    /// <summary>
    /// The signature of the code of a generator or an async proc: it gets the object that keeps the suspended frame, and returns the value
    /// that is yielded or the result.
    /// </summary>
    public static EntrySignature OfResume()
    {
        EntryArgument generator = new(EntryArgument.GeneratorRegister, new Representation(IrType.Generator, null));
        return new EntrySignature([generator], new Representation(IrType.Any, null), callsOut: true);
    }

    /// <summary>The signature that fits the recorded calls of a proc.</summary>
    public static EntrySignature Of(RegionProfile profile)
    {
        LinkedPrototype code = profile.Root.Code;
        if (code.IsResumable)
        {
            return OfResume();
        }

        ObservedType?[]? seen = profile.Root.HeadAt(0);
        GrowableArray<EntryArgument> arguments = new();
        if (code.Prototype.Captures.Length > 0)
        {
            arguments.Add(new EntryArgument(EntryArgument.ClosureRegister, new Representation(IrType.Closure, null)));
        }

        LivenessMap liveness = code.Liveness;
        for (int register = 0; register < code.ParameterCount; register++)
        {
            if (liveness.IsLive(0, register))
            {
                arguments.Add(new EntryArgument(register, Representation.Of(seen?[register])));
            }
        }

        bool givesNil = profile.Returned.IsOnly(ObservedKinds.Nil);
        return new EntrySignature([.. arguments], givesNil ? null : Representation.Of(profile.Returned), profile.CallsOut);
    }

    /// <summary>The signature of an indirect call: everything has any kind.</summary>
    public static EntrySignature OfAny(int parameters)
    {
        Representation any = new(IrType.Any, null);
        EntryArgument[] arguments = new EntryArgument[parameters + 1];
        for (int i = 0; i < arguments.Length; i++)
        {
            arguments[i] = new EntryArgument(i + EntryArgument.ClosureRegister, any);
        }

        return new EntrySignature(arguments, any, callsOut: true);
    }

    public bool Equals(EntrySignature other) =>
        Result == other.Result && CallsOut == other.CallsOut && _arguments.AsSpan().SequenceEqual(other._arguments);
}
