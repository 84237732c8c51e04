using System;
using System.Collections.Generic;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Library.Modules;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>
/// Awaits in an expression list that may wait at the same time. Where two or more elements in a row await calls of globals of the engine,
/// the code asks first whether all of these are delegates that the host marked as independent of their order. If so, it makes all calls
/// before it awaits their tasks; otherwise it awaits each task before the next call. The arguments are evaluated by the same code in both
/// cases.
/// </summary>
internal sealed class IndependentAwaits : AreaEmitter
{
    /// <summary>The most calls in a row that wait at the same time: their tasks need registers.</summary>
    private const int MaxCalls = 32;

    private readonly IReadOnlyList<Expression> _items;

    /// <summary>The registers of the tasks in the present run.</summary>
    private readonly List<int> _tasks = [];

    /// <summary>True in the present run if all its callees are marked.</summary>
    private readonly int _flag;

    /// <summary>The present run: elements from here to <see cref="_end"/>. One element alone is not a run.</summary>
    private int _start;

    private int _end;

    private IndependentAwaits(ProcEmitter proc, IReadOnlyList<Expression> items)
        : base(proc)
    {
        _items = items;
        _flag = Registers.Reserve();
    }

    /// <summary>Looks for runs in a list, and reserves a register if there is one; null if there is none.</summary>
    public static IndependentAwaits? In(ProcEmitter proc, IReadOnlyList<Expression> items)
    {
        for (int i = 1; i < items.Count; i++)
        {
            bool isRun = CallIn(proc, items[i - 1]) is not null && CallIn(proc, items[i]) is not null;
            if (isRun)
            {
                return new IndependentAwaits(proc, items);
            }
        }

        return null;
    }

    /// <summary>
    /// Evaluates an element to a register if it is in a run; false if not. The caller asks for all elements in their order.
    /// </summary>
    public bool TryEval(int index, int target)
    {
        if (index == _end)
        {
            BeginRun(index);
        }

        if (_end - _start < 2)
        {
            return false;
        }

        int mark = Registers.Top;
        AwaitExpression await = (AwaitExpression)_items[index];
        Proc.Calls.EvalCall((CallExpression)await.Operand, target, null);
        Registers.Top = mark;
        _tasks.Add(target);
        Label next = Code.NewLabel();
        Code.At(await.Span);
        Code.EmitJump(Opcode.JumpIf, next, _flag);
        Code.Emit(Opcode.Await, target, target);
        Code.Bind(next);
        if (index + 1 == _end)
        {
            EmitAwaits();
        }

        return true;
    }

    /// <summary>The call that an element awaits, if its callee is a global of the engine; otherwise null.</summary>
    private static CallExpression? CallIn(ProcEmitter proc, Expression item) =>
        item is AwaitExpression { Operand: CallExpression { Callee: NameExpression name } call }
        && proc.Owner.Module.SymbolOf(name) is { Kind: SymbolKind.External } ? call : null;

    private void BeginRun(int start)
    {
        _start = start;
        _end = start;
        int limit = Math.Min(_items.Count, start + MaxCalls);
        while (_end < limit && CallIn(Proc, _items[_end]) is not null)
        {
            _end++;
        }

        if (_end - _start >= 2)
        {
            EmitTest();
        }
        else
        {
            _end = _start + 1;
        }
    }

    private void EmitTest()
    {
        int mark = Registers.Top;
        int window = Registers.Reserve();
        for (int i = _start; i < _end; i++)
        {
            Expressions.EvalTo(CallIn(Proc, _items[i])!.Callee, Registers.Reserve());
        }

        CallPrelude(PreludeModule.AreIndependent, window);
        Code.Move(_flag, window);
        Registers.Top = mark;
        _tasks.Clear();
    }

    /// <summary>Awaits the tasks of a run in order, unless each was awaited before the next call.</summary>
    private void EmitAwaits()
    {
        Label end = Code.NewLabel();
        Code.At(_items[_start].Span);
        Code.EmitJump(Opcode.JumpIfNot, end, _flag);
        int mark = Registers.Top;
        int window = Registers.Reserve();
        foreach (int task in _tasks)
        {
            Code.Move(Registers.Reserve(), task);
        }

        CallPrelude(PreludeModule.Observe, window);
        Registers.Top = mark;
        for (int i = 0; i < _tasks.Count; i++)
        {
            Code.At(_items[_start + i].Span);
            Code.Emit(Opcode.Await, _tasks[i], _tasks[i]);
        }

        Code.Bind(end);
    }

    private void CallPrelude(string name, int window)
    {
        Code.At(_items[_start].Span);
        Code.Emit(Opcode.CallBuiltin, window, Limits.Fit(Owner.BuiltinIndex(name), "builtins"), _end - _start);
    }
}
