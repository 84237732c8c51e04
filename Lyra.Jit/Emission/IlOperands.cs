using System;
using Lyra.Runtime.Hosting;

namespace Lyra.Jit.Emission;

/// <summary>The signature of an emitted method; the first parameter is the closed-over <see cref="Regions.RegionData"/>.</summary>
/// <param name="Parameters">The CLR types of all parameters, the region's data first.</param>
/// <param name="Result">The CLR type of the result; <c>void</c> for none.</param>
internal sealed record IlMethodSignature(Type[] Parameters, Type Result)
{
    /// <summary>A signature with the region's data inserted before the parameters of a delegate type.</summary>
    /// <exception cref="ArgumentException">The type is not a delegate type.</exception>
    public static IlMethodSignature OfDelegate(Type delegateType)
    {
        System.Reflection.MethodInfo invoke = DelegateSignature.Of(delegateType);
        System.Reflection.ParameterInfo[] taken = invoke.GetParameters();
        Type[] parameters = new Type[taken.Length + 1];
        parameters[0] = typeof(Regions.RegionData);
        for (int i = 0; i < taken.Length; i++)
        {
            parameters[i + 1] = taken[i].ParameterType;
        }

        return new(parameters, invoke.ReturnType);
    }
}

/// <summary>A local variable of an <see cref="IlBuffer"/>.</summary>
/// <param name="Index">Its number, from 0 in the order of declaration.</param>
internal readonly record struct IlLocal(int Index);

/// <summary>A position in an <see cref="IlBuffer"/>, the target of branches.</summary>
/// <param name="Index">Its number, from 0 in the order of definition.</param>
internal readonly record struct IlLabel(int Index);

/// <summary>A parameter of the method being built.</summary>
/// <param name="Index">Its position; 0 is the region's data.</param>
internal readonly record struct IlArgument(int Index);

/// <summary>A local as it was declared.</summary>
/// <param name="Type">Its CLR type.</param>
/// <param name="Label">The name for the printer, or the end of it; null for none.</param>
/// <param name="Node">The id of the node that it holds; negative for none.</param>
internal readonly record struct IlLocalDeclaration(Type Type, string? Label, int Node = -1)
{
    /// <summary>The name for the printer; null for none. Only a printer makes those of nodes.</summary>
    public string? Name => Node < 0 ? Label : $"v{Node}{Label}";
}

/// <summary>The position of a label: before the instruction with this index, or after the last one.</summary>
internal readonly record struct IlMark(int Instruction, IlLabel Label);

/// <summary>The kind of operand of an <see cref="IlInstruction"/>.</summary>
internal enum IlOperandKind : byte
{
    None,
    Int,
    Long,
    Double,
    String,
    Local,
    Argument,
    Label,
    Switch,
    Method,
    Field,
    Constructor,
    Type,

    /// <summary>A call of the method being built.</summary>
    Self,
}
