using System.Collections.Generic;
using Lyra.IlVerify.Types;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Lyra.IlVerify.Flow;

/// <summary>The properties of a whole method: its instructions by index, its arguments and locals.</summary>
internal sealed class MethodFrame
{
    private readonly Dictionary<Instruction, int> _indexes = [];
    private readonly TypeMarks[] _marks;
    private readonly TypeMarks?[] _argumentMarks;

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
        _argumentMarks = new TypeMarks?[Arguments.Count];
        _marks = new TypeMarks[Body.Variables.Count];
        MayReplaceThis = FindReplacedThis();
        Leaders = Flow.Leaders.Find(this);
    }

    public MethodDefinition Method { get; }

    public MethodBody Body { get; }

    public ExceptionRegions Regions { get; }

    /// <summary>Whether an instruction begins a basic block, by its index; the last element is the end of the code.</summary>
    public bool[] Leaders { get; }

    /// <summary>Types of the arguments, <c>this</c> first.</summary>
    public IReadOnlyList<TypeReference> Arguments { get; }

    /// <summary>Whether the method writes its argument 0 or takes its address.</summary>
    public bool MayReplaceThis { get; }

    /// <summary>Whether the marks of a local or argument have grown, so that the method must be verified again.</summary>
    public bool HasLearned { get; set; }

    /// <summary>Whether this is a constructor of a class, which must call another constructor.</summary>
    public bool MustInitializeThis =>
        Method is { IsConstructor: true, IsStatic: false } && !TypeFacts.IsValueTypeDefinition(Method.DeclaringType)
            && !TypeFacts.IsNamed(Method.DeclaringType, "Object");

    /// <summary>The index of an instruction. Null stands for the end of the code; its index is the number of instructions.</summary>
    public int IndexOf(Instruction? instruction)
    {
        return instruction is not null && _indexes.TryGetValue(instruction, out int index) ? index : Body.Instructions.Count;
    }

    /// <summary>
    /// The marks of the managed pointer in an argument: whether the method may write through it, and whether it may return it. They include
    /// the marks of all pointers that the method stores in the argument.
    /// </summary>
    public TypeMarks MarksOfArgument(int index) => _argumentMarks[index] ??= FindMarks(index);

    /// <summary>The union of the marks of all managed pointers that a local holds anywhere in the method.</summary>
    public TypeMarks MarksOfLocal(int local) => _marks[local];

    public void MarkLocal(int local, TypeMarks marks)
    {
        TypeMarks all = _marks[local] | (marks & (TypeMarks.ReadOnly | TypeMarks.Local));
        HasLearned |= all != _marks[local];
        _marks[local] = all;
    }

    public void MarkArgument(int index, TypeMarks marks)
    {
        TypeMarks known = MarksOfArgument(index);
        TypeMarks all = known | (marks & (TypeMarks.ReadOnly | TypeMarks.Local));
        HasLearned |= all != known;
        _argumentMarks[index] = all;
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
            arguments.Add(TypeFacts.IsValueTypeDefinition(Method.DeclaringType) ? new ByReferenceType(self) : self);
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

    private TypeMarks FindMarks(int index)
    {
        if (!TypeFacts.Strip(Arguments[index]).IsByReference)
        {
            return TypeMarks.None;
        }

        TypeMarks marks = Scopes.IsScoped(Method, index) ? TypeMarks.Local : TypeMarks.None;
        if (Method.HasThis && index == 0)
        {
            return marks;
        }

        ParameterDefinition parameter = Method.Parameters[index - (Method.HasThis ? 1 : 0)];
        return parameter.IsIn || TypeFacts.IsReadOnlyReference(parameter.ParameterType, parameter) ? marks | TypeMarks.ReadOnly : marks;
    }
}
