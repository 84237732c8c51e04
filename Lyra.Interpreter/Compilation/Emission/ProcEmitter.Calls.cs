using System.Collections.Generic;
using System.Collections.Immutable;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>Calls.</summary>
internal sealed partial class ProcEmitter
{
    private StaticType EvalCall(CallExpression call, int target, SlotType? wanted)
    {
        int window = IsScratch(target) ? target : Reserve();
        StaticType type = EvalCallInWindow(call, window);
        Move(target, window);
        if (wanted is not { HasElementTypes: true, Kind: SlotKind.Set } || !IsBuiltin(call.Callee, "set")) return type;

        GiveElementType(target, wanted, call.Span);
        return new StaticType(SlotKind.Set);
    }

    private StaticType EvalCallInWindow(CallExpression call, int window)
    {
        ArgumentForm form = FormOf(call.Arguments);
        Symbol? callee = call.Callee is NameExpression or MemberExpression ? _module.SymbolOf(call.Callee) : null;
        switch (callee)
        {
            case { Kind: SymbolKind.Builtin, Slot: <= MaxOperand } when form == ArgumentForm.Positional:
                EvalArguments(call.Arguments);
                At(CallSpan(call));
                _code.Emit(Opcode.CallBuiltin, window, callee.Slot, call.Arguments.Length);
                return StaticType.Unknown;
            case { Kind: SymbolKind.Proc or SymbolKind.Struct, IsModuleVariable: true, Slot: <= MaxOperand } when form != ArgumentForm.Spread:
                return EvalDeclaredCall(callee, ArgumentView.Of(call.Arguments), CallSpan(call), window);
            case { Kind: SymbolKind.Proc } when form != ArgumentForm.Spread:
                MatchArguments(_owner.SignatureOf(callee), ArgumentView.Of(call.Arguments), CallSpan(call));
                break;
        }

        if (callee is null && call.Callee is MemberExpression member) EvalMethodCall(call, member, form, window);
        else EvalValueCall(call, form, window);
        return StaticType.Unknown;
    }

    /// <summary>What kinds of arguments a call has.</summary>
    private enum ArgumentForm
    {
        Positional,
        Named,
        Spread,
    }

    private static ArgumentForm FormOf(ImmutableArray<Argument> arguments)
    {
        ArgumentForm form = ArgumentForm.Positional;
        foreach (Argument argument in arguments)
        {
            if (argument.Kind == ArgumentKind.Spread) return ArgumentForm.Spread;
            if (argument.Kind == ArgumentKind.Named) form = ArgumentForm.Named;
        }

        return form;
    }

    /// <summary>Where a call's errors are reported and traces point to: the callee's name.</summary>
    private static Syntax.SourceSpan CallSpan(CallExpression call) => call.Callee is MemberExpression member ? member.NameSpan : call.Callee.Span;

    private void EvalArguments(ImmutableArray<Argument> arguments)
    {
        foreach (Argument argument in arguments) EvalTo(argument.Value, Reserve());
    }

    private void EvalMethodCall(CallExpression call, MemberExpression member, ArgumentForm form, int window)
    {
        EvalTo(member.Target, window);
        if (member.IsOptional) LeaveChainIfNil(window);
        if (form == ArgumentForm.Positional)
        {
            EvalArguments(call.Arguments);
            At(member.NameSpan);
            _code.Emit(Opcode.CallMethod, window, Site(member.Name), call.Arguments.Length);
            return;
        }

        At(member.NameSpan);
        _code.Emit(Opcode.LoadMethod, window, window, Site(member.Name));
        EvalDescribedCall(Opcode.CallEx, call, window);
    }

    private void EvalValueCall(CallExpression call, ArgumentForm form, int window)
    {
        EvalTo(call.Callee, window);
        if (form != ArgumentForm.Positional)
        {
            EvalDescribedCall(Opcode.CallEx, call, window);
            return;
        }

        EvalArguments(call.Arguments);
        At(CallSpan(call));
        _code.Emit(Opcode.Call, window, 0, call.Arguments.Length);
    }

    private StaticType EvalSpawn(SpawnExpression spawn, int target)
    {
        int window = IsScratch(target) ? target : Reserve();
        CallExpression call = spawn.Call;
        if (call.Callee is MemberExpression member && _module.SymbolOf(member) is null)
        {
            Operand receiver = Eval(member.Target);
            At(member.NameSpan);
            _code.Emit(Opcode.LoadMethod, window, receiver.Register, Site(member.Name));
            _top = window + 1;
        }
        else
        {
            EvalTo(call.Callee, window);
            CheckDirectCall(call);
        }

        EvalDescribedCall(Opcode.Spawn, call, window);
        Move(target, window);
        return StaticType.Task;
    }

    private void CheckDirectCall(CallExpression call)
    {
        bool isDeclared = _module.SymbolOf(call.Callee) is { Kind: SymbolKind.Proc or SymbolKind.Struct };
        if (!isDeclared || FormOf(call.Arguments) == ArgumentForm.Spread) return;
        MatchArguments(_owner.SignatureOf(_module.SymbolOf(call.Callee)!), ArgumentView.Of(call.Arguments), CallSpan(call));
    }

    /// <summary>A call whose callee lies in the window's first register and whose arguments are described: positional ones first, then named ones.</summary>
    private void EvalDescribedCall(Opcode op, CallExpression call, int window)
    {
        List<string> names = [];
        int positional = 0;
        foreach (Argument argument in call.Arguments)
        {
            if (argument.Kind == ArgumentKind.Named) names.Add(argument.Name!);
            else positional++;
        }

        bool hasSpread = FormOf(call.Arguments) == ArgumentForm.Spread;
        if (hasSpread) EvalSpreadArguments(call, names.Count);
        else EvalNamedArguments(call, positional, names.Count);
        At(CallSpan(call));
        _code.Emit(op, window, DescriptorIndex(hasSpread, [.. names]), (hasSpread ? 1 : positional) + names.Count);
    }

    private void EvalNamedArguments(CallExpression call, int positional, int named)
    {
        int next = Reserve(positional + named);
        int nextNamed = next + positional;
        foreach (Argument argument in call.Arguments) EvalTo(argument.Value, argument.Kind == ArgumentKind.Named ? nextNamed++ : next++);
    }

    private void EvalSpreadArguments(CallExpression call, int named)
    {
        int list = Reserve(1 + named);
        int nextNamed = list + 1;
        At(call.Span);
        _code.Emit(Opcode.NewList, list, list, 0);
        foreach (Argument argument in call.Arguments)
        {
            int mark = _top;
            if (argument.Kind == ArgumentKind.Named)
            {
                EvalTo(argument.Value, nextNamed++);
            }
            else
            {
                Operand value = Eval(argument.Value);
                At(argument.Span);
                _code.Emit(argument.Kind == ArgumentKind.Spread ? Opcode.Extend : Opcode.Append, list, value.Register);
            }

            _top = mark;
        }
    }

    private StaticType EvalStructLiteral(StructLiteral literal, int target)
    {
        int window = IsScratch(target) ? target : Reserve();
        ImmutableArray<ArgumentView> arguments = ArgumentView.Of(literal.Fields);
        if (_module.SymbolOf(literal.Type) is { Kind: SymbolKind.Struct, Slot: <= MaxOperand } symbol)
        {
            StaticType type = EvalDeclaredCall(symbol, arguments, literal.Type.Span, window);
            Move(target, window);
            return type;
        }

        string[] names = new string[arguments.Length];
        EvalTo(literal.Type, window);
        for (int i = 0; i < names.Length; i++)
        {
            names[i] = arguments[i].Name!;
            EvalTo(arguments[i].Value, Reserve());
        }

        At(literal.Type.Span);
        _code.Emit(Opcode.CallEx, window, DescriptorIndex(false, names), names.Length);
        Move(target, window);
        return StaticType.Unknown;
    }
}
