using System.Collections.Generic;
using System.Linq;
using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;

namespace Lyra.Jit.Passes.Texts;

/// <summary>
/// The strs that one builder can stand for: results of <c>+</c> whose first operand is a str of the chain, and the block parameters between
/// them. A loop's parameter gets one of them on a back-edge.
/// </summary>
internal sealed class TextChain
{
    private readonly TextFlow _flow;
    private readonly HashSet<IrNode> _members = new(ReferenceEqualityComparer.Instance);

    private TextChain(TextFlow flow) => _flow = flow;

    /// <summary>Its strs.</summary>
    public IReadOnlyCollection<IrNode> Members => _members;

    /// <summary>Where the text of a member is needed as a str: it is made there.</summary>
    public Dictionary<IrNode, List<TextEnd>> Ends { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>Whether a node joins two strs.</summary>
    public static bool IsConcat(IrNode node) => node.Op == IrOp.Call && ReferenceEquals(node.Payload, RegionHelpers.ConcatStrs);

    /// <summary>The chain to which the loop of a parameter appends; null when there is none.</summary>
    public static TextChain? Of(TextFlow flow, IrNode parameter)
    {
        if (parameter.Type != IrType.Str || flow.Rejected.Contains(parameter))
        {
            return null;
        }

        TextChain chain = new(flow);
        chain.Flood(parameter);
        chain.Prune();
        return chain.IsCarried(parameter) ? chain : null;
    }

    public bool Contains(IrNode value) => _members.Contains(value);

    /// <summary>Whether a use changes the builder, or gives it another name.</summary>
    public bool Consumes(in TextUse use, IrNode text) => use.Kind switch
    {
        TextUseKind.Argument => Contains(use.Target!),
        TextUseKind.Input => use.User is { } user && Contains(user) && IsAppendTo(user, text),
        TextUseKind.Slot or TextUseKind.Part => false,
    };

    /// <summary>Whether a use needs the str itself.</summary>
    public bool NeedsStr(in TextUse use, IrNode text) =>
        use.Kind is TextUseKind.Input or TextUseKind.Argument && !Consumes(use, text) && use.User?.Op != IrOp.StrLength;

    private void Flood(IrNode start)
    {
        Stack<IrNode> work = new();
        work.Push(start);
        _members.Add(start);
        while (work.TryPop(out IrNode? text))
        {
            foreach (TextUse use in _flow.UsesOf(text))
            {
                if (NextOf(use, text) is { } next && _members.Add(next))
                {
                    work.Push(next);
                }
            }
        }
    }

    private static bool IsAppendTo(IrNode node, IrNode text) =>
        IsConcat(node) && ReferenceEquals(node.Inputs[0], text) && !ReferenceEquals(node.Inputs[1], text);

    /// <summary>What the builder may become at a use; null when that is nothing.</summary>
    private IrNode? NextOf(in TextUse use, IrNode text) => use.Kind switch
    {
        TextUseKind.Argument when use.Target!.Type == IrType.Str && !_flow.Rejected.Contains(use.Target) => use.Target,
        TextUseKind.Input when use.User is { } user && IsAppendTo(user, text) => user,
        _ => null,
    };

    /// <summary>Drops parameters behind which nothing is appended.</summary>
    private void Prune()
    {
        bool changed = true;
        while (changed)
        {
            changed = _members.RemoveWhere(member => member.Op == IrOp.Parameter && !IsContinued(member)) > 0;
        }
    }

    private bool IsContinued(IrNode text)
    {
        foreach (TextUse use in _flow.UsesOf(text))
        {
            if (Consumes(use, text))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the loop of a parameter passes an appended text to its next iteration.</summary>
    private bool IsCarried(IrNode parameter)
    {
        if (_flow.Loops.LoopOf(parameter.Block!) is not { } loop)
        {
            return false;
        }

        int index = parameter.Block!.Parameters.IndexOf(parameter);
        bool isCarried = false;
        foreach (IncomingEdge back in loop.BackEdges.AsSpan())
        {
            IrNode argument = back.Edge.Arguments[index];
            isCarried |= Contains(argument) && !ReferenceEquals(argument, parameter);
        }

        return isCarried && _members.Any(member => IsConcat(member) && _flow.Loops.Contains(loop, member.Block!));
    }
}

/// <summary>A point at which a builder ends: before the node at an index of a block.</summary>
internal readonly record struct TextEnd(IrBlock Block, int Index);
