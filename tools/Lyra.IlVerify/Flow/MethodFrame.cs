using System.Collections.Generic;
using Lyra.IlVerify.Types;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Lyra.IlVerify.Flow;

/// <summary>What holds for a method as a whole: its instructions by index, its arguments and locals.</summary>
internal sealed class MethodFrame
{
    private readonly Dictionary<Instruction, int> _indexes = [];
    private readonly bool[] _readOnlyLocals;

    public MethodFrame(MethodDefinition method)
    {
        Method = method;
        Body = method.Body;
        for (int i = 0; i < Body.Instructions.Count; i++)
        {
            _indexes[Body.Instructions[i]] = i;
        }

        Regions = new ExceptionRegions(Body, IndexOf);
        Arguments = MakeArguments();
        _readOnlyLocals = new bool[Body.Variables.Count];
        MayReplaceThis = FindReplacedThis();
    }

    public MethodDefinition Method { get; }

    public MethodBody Body { get; }

    public ExceptionRegions Regions { get; }

    /// <summary>Types of the arguments, <c>this</c> first.</summary>
    public IReadOnlyList<TypeReference> Arguments { get; }

    /// <summary>Whether the method writes its argument 0 or takes its address.</summary>
    public bool MayReplaceThis { get; }

    /// <summary>Whether a local was found to hold a read-only pointer that was not known to hold one; all is to be done again then.</summary>
    public bool LearnedReadOnlyLocal { get; set; }

    /// <summary>Constructors of classes have to call another constructor.</summary>
    public bool MustInitializeThis =>
        Method is { IsConstructor: true, IsStatic: false, DeclaringType.IsValueType: false } && !TypeFacts.IsNamed(Method.DeclaringType, "Object");

    /// <summary>The index of an instruction; the count of all for null, which stands for the end of the code.</summary>
    public int IndexOf(Instruction? instruction)
    {
        return instruction is not null && _indexes.TryGetValue(instruction, out int index) ? index : Body.Instructions.Count;
    }

    public bool IsReadOnlyLocal(int local) => _readOnlyLocals[local];

    public void MarkReadOnlyLocal(int local)
    {
        LearnedReadOnlyLocal |= !_readOnlyLocals[local];
        _readOnlyLocals[local] = true;
    }

    public int ArgumentIndex(ParameterDefinition? parameter)
    {
        return parameter is null ? -1 : parameter == Body.ThisParameter ? 0 : parameter.Index + (Method.HasThis ? 1 : 0);
    }

    private TypeReference[] MakeArguments()
    {
        List<TypeReference> arguments = [];
        if (Method.HasThis)
        {
            TypeReference self = TypeFacts.Self(Method.DeclaringType);
            arguments.Add(Method.DeclaringType.IsValueType ? new ByReferenceType(self) : self);
        }

        foreach (ParameterDefinition parameter in Method.Parameters)
        {
            arguments.Add(parameter.ParameterType);
        }

        return [.. arguments];
    }

    private bool FindReplacedThis()
    {
        foreach (Instruction instruction in Body.Instructions)
        {
            if (instruction.OpCode.Code is Code.Starg or Code.Starg_S or Code.Ldarga or Code.Ldarga_S
                && Method.HasThis && ArgumentIndex(instruction.Operand as ParameterDefinition) == 0)
            {
                return true;
            }
        }

        return false;
    }
}
