using System.Collections.Generic;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Kinds;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>Comprehensions: a new list or map, and the loops that fill it.</summary>
internal sealed class ComprehensionEmitter(ProcEmitter proc) : AreaEmitter(proc)
{
    /// <summary>The containers of the open comprehensions, innermost last.</summary>
    private Stack<Collection>? _open;

    public StaticType Eval(Comprehension comprehension, int target, SlotType? expected)
    {
        SlotKind kind = comprehension.IsMap ? SlotKind.Map : SlotKind.List;
        int result = Registers.IsScratch(target) ? target : Registers.Reserve();
        Code.At(comprehension.Span);
        Code.Emit(comprehension.IsMap ? Opcode.NewMap : Opcode.NewList, result, result, 0);

        SlotType? first = ContainerTypes.ElementType(expected, kind, 0);
        SlotType? second = comprehension.IsMap ? ContainerTypes.ElementType(expected, kind, 1) : first;
        (_open ??= new()).Push(new Collection(result, first, second));
        int mark = Registers.Top;
        Proc.Loops.EmitFor(comprehension.Loop.First);
        Registers.Top = mark;
        _open.Pop();

        if (expected is { HasElementTypes: true } && expected.Kind == kind)
        {
            Proc.Slots.SetElementType(result, expected, comprehension.Span);
        }

        Code.Move(target, result);
        return new StaticType(kind);
    }

    public void EmitCollect(CollectStatement collect)
    {
        Collection collection = _open!.Peek();
        if (collect.Key is null)
        {
            Operand element = EvalElement(collect.Value, collection.ValueType);
            Code.At(collect.Value.Span);
            Code.Emit(Opcode.Append, collection.Register, element.Register);
            return;
        }

        Operand key = EvalElement(collect.Key, collection.KeyType, collect.Value);
        Operand value = EvalElement(collect.Value, collection.ValueType);
        Code.At(collect.Span);
        Code.Emit(Opcode.SetIndex, collection.Register, key.Register, value.Register);
    }

    private Operand EvalElement(Expression element, SlotType? type, Expression? evaluatedBeforeUse = null)
    {
        Operand value = Expressions.Eval(element, evaluatedBeforeUse, type);
        Proc.Slots.ReportMismatch(value.Type, type, element.Span);
        return value;
    }

    /// <summary>The register of a container that is filled, and the types of its keys and values.</summary>
    private readonly record struct Collection(int Register, SlotType? KeyType, SlotType? ValueType);
}
