using System;
using System.Collections.Generic;
using Lyra.Interpreter.Compilation.Passes;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Memory;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>
/// The steps of all charges of a proc: one for each instruction on the longest path that the charge pays for. The path of the entry begins
/// at the first instruction. It passes through one iteration of the loops that it enters, because back-edges charge only the further ones.
/// The path of an iteration begins at the loop's body and ends with the iteration.
/// </summary>
/// <remarks>
/// All jumps go forward, but for back-edges and those out of code with its own charge. So one pass from the end of the code to its start
/// finds the longest path from each instruction on. Code with its own charge is passed over by the longest paths around it, and its own
/// steps are found last, when those of all targets are known.
/// </remarks>
internal sealed class StepCosts(ProcCode code)
{
    private const int ProcScope = 0;
    private const int NoScope = -1;

    /// <summary>All scopes; the index of each is higher than that of the one around it.</summary>
    private readonly GrowableArray<ChargeScope> _scopes = new();

    /// <summary>The scope of each instruction.</summary>
    private readonly List<int> _scopeOf = [];

    /// <summary>The most steps from each instruction on, with its own, that the charge of its scope pays for.</summary>
    private int[] _steps = [];

    /// <summary>The handlers around the visited instruction, innermost last, each with the steps after an error outside of it.</summary>
    private readonly GrowableArray<(int Start, int Scope, int StepsAfterError)> _handlers = new();

    private List<int> _labelPcs = [];
    private int _scope;

    /// <summary>The number of rows for which there is storage.</summary>
    public int Capacity => _scopeOf.Capacity;

    /// <summary>Begins a proc.</summary>
    public void Begin()
    {
        _scope = NoScope;
        Open(new ChargeScope(NoScope, 0));
    }

    /// <summary>Removes all content; the storage remains.</summary>
    public void Clear()
    {
        _scopes.Clear();
        _scopeOf.Clear();
        _handlers.Clear();
    }

    /// <summary>Notes that the next instruction belongs to the innermost scope.</summary>
    public void AddInstruction() => _scopeOf.Add(_scope);

    /// <summary>Begins the scope of a loop at the next instruction.</summary>
    public void OpenLoop(int loop) => Open(new ChargeScope(_scope, _scopeOf.Count) { Loop = loop });

    /// <summary>Begins the scope of the next instruction, which is a Charge.</summary>
    public void OpenCharge(Label usual) => Open(new ChargeScope(_scope, _scopeOf.Count) { Usual = usual });

    /// <summary>Ends the innermost scope.</summary>
    public void Close()
    {
        _scopes[_scope].End = _scopeOf.Count;
        _scope = _scopes[_scope].Parent;
    }

    /// <summary>Writes the steps of all charges into the code.</summary>
    public void Compute(List<int> labelPcs)
    {
        _labelPcs = labelPcs;
        if (_steps.Length < _scopeOf.Count)
        {
            _steps = new int[_scopeOf.Capacity];
        }

        int handler = code.Handlers.Count - 1;
        for (int pc = _scopeOf.Count - 1; pc >= 0; pc--)
        {
            handler = VisitHandlers(handler, pc);
            VisitScopes(_scopeOf[pc]);
            _steps[pc] = StepsFrom(pc);
        }

        code.EntryCost = StepsIn(ProcScope, 0);
        foreach (ref ChargeScope scope in _scopes.AsSpan())
        {
            if (scope.Loop != ChargeScope.NoLoop)
            {
                code.Loops[scope.Loop] = code.Loops[scope.Loop] with { Cost = _steps[scope.Start] };
            }
            else if (scope.IsCharged)
            {
                Pay(scope);
            }
        }
    }

    private void Open(ChargeScope scope)
    {
        _scopes.Add(scope);
        _scope = _scopes.Count - 1;
    }

    /// <summary>
    /// Updates the steps after an error. Handlers are in the order in which their ranges end, inner ones first. A handler is in the same
    /// scope as its try statement.
    /// </summary>
    /// <param name="handler">The last one whose range may end here.</param>
    /// <param name="pc">The visited instruction.</param>
    /// <returns>The last handler whose range ends before the instruction.</returns>
    private int VisitHandlers(int handler, int pc)
    {
        while (_handlers.Count > 0 && _handlers[^1].Start > pc)
        {
            (_, int scope, int outside) = _handlers[^1];
            _scopes[scope].StepsAfterError = outside;
            _handlers.RemoveLast();
        }

        for (; handler >= 0 && (!code.Handlers[handler].IsEntered || code.Handlers[handler].End > pc); handler--)
        {
            if (code.Handlers[handler].IsEntered)
            {
                Enter(code.Handlers[handler]);
            }
        }

        return handler;
    }

    private void Enter(in HandlerInfo handler)
    {
        int index = _scopeOf[handler.HandlerPc];
        ref ChargeScope scope = ref _scopes[index];
        _handlers.Add((handler.Start, index, scope.StepsAfterError));
        scope.StepsAfterError = Math.Max(scope.StepsAfterError, _steps[handler.HandlerPc]);
    }

    /// <summary>
    /// Begins the scopes whose last instruction is visited. An error in a scope leads to handlers around it, if not to those in it.
    /// </summary>
    private void VisitScopes(int index)
    {
        while (!_scopes[index].IsVisited)
        {
            ref ChargeScope scope = ref _scopes[index];
            scope.IsVisited = true;
            if (scope.Parent == NoScope)
            {
                return;
            }

            int afterError = _scopes[scope.Parent].StepsAfterError;
            scope.StepsAfter = Math.Max(scope.StepsAfter, afterError);
            if (scope.IsCharged)
            {
                scope.StepsAfterError = afterError;
                scope.StepsAfter = Math.Max(scope.StepsAfter, StepsAcross(scope.Parent, _labelPcs[scope.Usual.Id]));
            }

            index = scope.Parent;
        }
    }

    private int StepsFrom(int pc)
    {
        Instruction instruction = code.Code[pc];
        int most = Math.Max(_scopes[_scopeOf[pc]].StepsAfterError, StepsVia(pc, code.Targets[pc]));
        if (instruction.Op == Opcode.Switch)
        {
            SwitchTable table = code.Switches[instruction.Wide];
            most = Math.Max(most, StepsVia(pc, table.DefaultPc));
            foreach (KeyValuePair<Value, int> entry in table.Cases)
            {
                most = Math.Max(most, StepsVia(pc, entry.Value));
            }
        }

        most = OpcodeInfo.Of(instruction.Op).Ends ? most : Math.Max(most, StepsVia(pc, pc + 1));
        return most + (CodeEncoder.IsFar(code, pc) ? 2 : 1);
    }

    /// <summary>The most steps after an instruction if it continues at a target. A back-edge makes a charge for what follows it.</summary>
    private int StepsVia(int pc, int target)
    {
        int scope = _scopeOf[pc];
        if (target == ProcCode.NoTarget || (target <= pc && !_scopes[scope].IsCharged))
        {
            return 0;
        }

        return scope == _scopeOf[target] ? _steps[target] : StepsAcross(scope, target);
    }

    /// <summary>
    /// As <see cref="StepsVia"/>, from a scope to another one. What follows a loop is paid for before the loop, not by its iterations.
    /// </summary>
    private int StepsAcross(int from, int target)
    {
        from = _scopes[from].IsCharged ? _scopes[from].Parent : from;
        (int common, int left) = LeftScope(from, _scopeOf[target]);
        int steps = StepsIn(common, target);
        if (left == NoScope)
        {
            return steps;
        }

        _scopes[left].StepsAfter = Math.Max(_scopes[left].StepsAfter, steps);
        return 0;
    }

    /// <summary>The innermost scope around two ones, and the outermost one in it that the path leaves, if any.</summary>
    private (int Common, int Left) LeftScope(int from, int to)
    {
        int left = NoScope;
        while (from != to)
        {
            if (from > to)
            {
                left = from;
                from = _scopes[from].Parent;
            }
            else
            {
                to = _scopes[to].Parent;
            }
        }

        return (from, left);
    }

    /// <summary>The most steps from a target on for which a scope around it pays.</summary>
    private int StepsIn(int scope, int target)
    {
        int steps = _steps[target];
        for (int inner = _scopeOf[target]; inner != scope; inner = _scopes[inner].Parent)
        {
            steps = _scopes[inner].StepsAfter + (_scopes[inner].IsCharged ? 0 : steps);
        }

        return steps;
    }

    /// <summary>Makes a Charge pay for the steps from it on for which the scope around it does not.</summary>
    private void Pay(in ChargeScope scope)
    {
        for (int pc = scope.End - 1; pc >= scope.Start; pc--)
        {
            _steps[pc] = StepsFrom(pc);
        }

        int steps = Math.Max(1, _steps[scope.Start] - scope.StepsAfter);
        code.Code[scope.Start] = new Instruction(Opcode.Charge, 0, steps);
    }
}
