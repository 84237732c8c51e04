using System.Collections.Generic;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Lyra.IlVerify.Reports;

/// <summary>The messages for one method; adds nothing while the types are still being computed.</summary>
internal sealed class MessageList(MethodDefinition method)
{
    private readonly List<Message> _all = [];

    public bool IsOn { get; set; }

    public IReadOnlyList<Message> All => _all;

    public void Add(VerifierError error, Instruction? instruction, string? found = null, string? expected = null)
    {
        if (!IsOn)
        {
            return;
        }

        Message message = new(error, method, instruction?.Offset ?? 0, instruction?.OpCode.Name, found, expected);
        if (!_all.Contains(message))
        {
            _all.Add(message);
        }
    }
}
