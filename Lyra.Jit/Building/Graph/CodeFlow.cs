using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Lyra.Runtime.Bytecode;

namespace Lyra.Jit.Building;

/// <summary>
/// The control flow of a prototype: the first instructions of its blocks (leaders), and the successors of each instruction. All regions of
/// the prototype share it.
/// </summary>
internal sealed class CodeFlow
{
    private static readonly ConditionalWeakTable<Prototype, CodeFlow> Known = [];

    private readonly Prototype _prototype;
    private readonly bool[] _isLeader;

    private CodeFlow(Prototype prototype)
    {
        _prototype = prototype;
        _isLeader = new bool[prototype.Code.Length];
        List<int> successors = [];
        for (int pc = 0; pc < prototype.Code.Length; pc++)
        {
            Successors(pc, successors);
            Instruction i = prototype.Code[pc];
            if (successors.Count == 1 && successors[0] == pc + 1 && OpcodeInfo.Of(i.Op).JumpTarget(i, pc) < 0)
            {
                continue;
            }

            foreach (int target in successors)
            {
                _isLeader[target] = true;
            }
        }

        foreach (HandlerInfo handler in prototype.Handlers)
        {
            if (handler.IsEntered)
            {
                _isLeader[handler.HandlerPc] = true;
            }
        }
    }

    public static CodeFlow Of(Prototype prototype) => Known.GetValue(prototype, p => new CodeFlow(p));

    public bool IsLeader(int pc) => _isLeader[pc];

    /// <summary>The instructions that may follow one, except handlers.</summary>
    public void Successors(int pc, List<int> into)
    {
        into.Clear();
        Instruction i = _prototype.Code[pc];
        OpcodeInfo row = OpcodeInfo.Of(i.Op);
        if (!row.Ends)
        {
            into.Add(pc + 1);
        }

        int target = row.JumpTarget(i, pc);
        if (target >= 0)
        {
            into.Add(target);
        }

        if (i.Op == Opcode.Switch)
        {
            SwitchTable table = _prototype.SwitchTables[i.Wide];
            into.Add(table.DefaultPc);
            foreach (KeyValuePair<Runtime.Values.Value, int> entry in table.Cases)
            {
                into.Add(entry.Value);
            }
        }
    }

    /// <summary>Adds the handlers at which an error of an instruction may continue.</summary>
    public void AddHandlers(int pc, List<int> into)
    {
        foreach (HandlerInfo handler in _prototype.Handlers)
        {
            if (handler.IsEntered && handler.Covers(pc) && !into.Contains(handler.HandlerPc))
            {
                into.Add(handler.HandlerPc);
            }
        }
    }

    /// <summary>
    /// The leaders that can be reached from an instruction, which counts as one, in reverse postorder; and the heads of their loops.
    /// </summary>
    public (List<int> Order, HashSet<int> LoopHeads) Order(int start)
    {
        List<int> order = [];
        HashSet<int> heads = [];
        Walk(start, false, [], order, heads);
        order.Reverse();
        return (order, heads);
    }

    /// <summary>As <see cref="Order"/>, for the code that a generator executes from one of these instructions to its next yield.</summary>
    public (List<int> Order, HashSet<int> LoopHeads) OrderOfResume(List<int> starts)
    {
        List<int> order = [];
        HashSet<int> heads = [];
        Dictionary<int, bool> isOpen = [];
        foreach (int start in starts)
        {
            if (!isOpen.ContainsKey(start))
            {
                Walk(start, true, isOpen, order, heads);
            }
        }

        order.Reverse();
        return (order, heads);
    }

    /// <summary>
    /// The leaders between an instruction of a loop, at which a generator resumes, and the next heads of loops, in reverse postorder. Empty
    /// for an instruction that is a head, or outside all loops.
    /// </summary>
    public List<int> TailOf(int place)
    {
        HashSet<int> heads = Order(0).LoopHeads;
        if (heads.Contains(place))
        {
            return [];
        }

        Dictionary<int, bool> isOpen = [];
        foreach (int head in heads)
        {
            isOpen[head] = false;
        }

        List<int> tail = [];
        Walk(place, true, isOpen, tail, []);
        tail.Reverse();
        HashSet<int> around = Reaching(place);
        around.IntersectWith(heads);
        return tail.Exists(leader => BlockSuccessors(leader, place, true).Exists(around.Contains)) ? tail : [];
    }

    /// <summary>The instructions from which one can be reached.</summary>
    public HashSet<int> Reaching(int goal)
    {
        List<int>[] predecessors = new List<int>[_prototype.Code.Length];
        List<int> successors = [];
        for (int pc = 0; pc < predecessors.Length; pc++)
        {
            Successors(pc, successors);
            AddHandlers(pc, successors);
            foreach (int target in successors)
            {
                (predecessors[target] ??= []).Add(pc);
            }
        }

        HashSet<int> reaching = [goal];
        Stack<int> work = new([goal]);
        while (work.TryPop(out int pc))
        {
            foreach (int before in predecessors[pc] ?? [])
            {
                if (reaching.Add(before))
                {
                    work.Push(before);
                }
            }
        }

        return reaching;
    }

    /// <summary>Adds the leaders that can be reached from one, in postorder.</summary>
    private void Walk(int start, bool endsAtYields, Dictionary<int, bool> isOpen, List<int> order, HashSet<int> heads)
    {
        Stack<(int Leader, List<int> Next, int Index)> path = [];
        path.Push((start, BlockSuccessors(start, start, endsAtYields), 0));
        isOpen[start] = true;
        while (path.Count > 0)
        {
            (int leader, List<int> next, int index) = path.Pop();
            if (index == next.Count)
            {
                isOpen[leader] = false;
                order.Add(leader);
                continue;
            }

            path.Push((leader, next, index + 1));
            int target = next[index];
            if (!isOpen.TryGetValue(target, out bool open))
            {
                isOpen[target] = true;
                path.Push((target, BlockSuccessors(target, start, endsAtYields), 0));
            }
            else if (open)
            {
                heads.Add(target);
            }
        }
    }

    private List<int> BlockSuccessors(int leader, int start, bool endsAtYields)
    {
        List<int> successors = [];
        List<int> handlers = [];
        int pc = leader;
        while (true)
        {
            AddHandlers(pc, handlers);
            Successors(pc, successors);
            if (endsAtYields && _prototype.Code[pc].Op == Opcode.Yield)
            {
                return handlers;
            }

            if (successors.Count != 1 || successors[0] != pc + 1 || _isLeader[pc + 1] || pc + 1 == start)
            {
                successors.AddRange(handlers);
                return successors;
            }

            pc++;
        }
    }
}
