using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Compilation.Passes;

/// <summary>
/// Which registers an instruction reads and writes, for passes. As with <see cref="JumpFacts"/> the letters are those of the opcode table, which
/// RegisterFactsTests holds together with it, because decoding the table's attributes would cost every start of a script some milliseconds.
/// </summary>
internal static class RegisterFacts
{
    /// <summary>The letters of A, B and C as <see cref="OpAttribute"/> explains them; '-' for what is no register.</summary>
    public static string Letters(Opcode op) => op switch
    {
        (>= Opcode.LoadConst and <= Opcode.GetModule) or Opcode.GetExternal or (>= Opcode.GetBuiltin and <= Opcode.GetUpvalue)
            or Opcode.NewUnsetUpvalue or Opcode.NewTyped or Opcode.NewClosure or Opcode.NewStructType or Opcode.Import => "w--",
        Opcode.Move or Opcode.LoadUpvalue or (>= Opcode.AddInt and <= Opcode.Not) or Opcode.GetField or Opcode.GetIndexInt or Opcode.LoadMethod
            or (>= Opcode.TestType and <= Opcode.TestMapPrefix) or Opcode.Length or Opcode.Await or Opcode.ImportName => "wr-",
        (>= Opcode.Add and <= Opcode.Shr) or (>= Opcode.Eq and <= Opcode.In) or Opcode.GetIndex or Opcode.NewRange or Opcode.NewRangeInclusive
            or Opcode.TestRange => "wrr",
        Opcode.SetModule or Opcode.SetExternal or Opcode.SetUpvalue or (>= Opcode.JumpIf and <= Opcode.JumpIfSet)
            or (>= Opcode.JumpEqInt and <= Opcode.Switch) or Opcode.Return or Opcode.Throw or Opcode.NoMatch or Opcode.Yield => "r--",
        Opcode.StoreUpvalue or (>= Opcode.JumpEq and <= Opcode.JumpNotLe) or Opcode.SetField or Opcode.Append or Opcode.Extend => "rr-",
        Opcode.SetIndex => "rrr",
        Opcode.NewUpvalue or Opcode.SetElementType or Opcode.CheckSlot => "u--",
        Opcode.Concat or Opcode.NewList or Opcode.NewTuple => "wR-",
        Opcode.NewMap => "wP-",
        Opcode.Slice => "wr2",
        Opcode.Unpack => "Or-",
        >= Opcode.ForPrep and <= Opcode.ForLoop => "3--",
        Opcode.IterPrep => "hr-",
        Opcode.ForEach => "4--",
        Opcode.ForEachPair => "5--",
        Opcode.CloseIter => "e--",
        Opcode.Call or Opcode.CallMethod => "W--",
        Opcode.CallProc or Opcode.CallBuiltin or Opcode.NewStruct => "V--",
        Opcode.CallEx or Opcode.Spawn => "X--",
        Opcode.MakeStruct => "w-Q",
        Opcode.EndFinally => "2--",
        _ => "---",
    };

    /// <summary>Whether an operand that names just this register reads it, so that it could as well name another.</summary>
    public static bool ReadsPlainly(in Instruction i, int register)
    {
        string letters = Letters(i.Op);
        return (letters[0] == 'r' && i.A == register) || (letters[1] == 'r' && i.B == register) || (letters[2] == 'r' && i.C == register);
    }

    /// <summary>Whether the register is read as part of a window, range, pair or loop state, or both read and written.</summary>
    public static bool ReadsOtherwise(in Instruction i, int register)
    {
        string letters = Letters(i.Op);
        int a = register - i.A;
        int b = register - i.B;
        int c = register - i.C;
        bool readsA = letters[0] switch
        {
            'u' => a == 0,
            '2' or '3' => a is 0 or 1,
            'e' or '4' or '5' => a is >= 0 and <= 2,
            'W' or 'X' => a >= 0 && a <= i.C,
            'V' => a > 0 && a <= i.C,
            _ => false,
        };
        bool readsB = letters[1] switch { 'R' => b >= 0 && b < i.C, 'P' => b >= 0 && b < 2 * i.C, _ => false };
        bool readsC = letters[2] switch { '2' => c is 0 or 1, 'Q' => register < i.C, _ => false };
        return readsA || readsB || readsC;
    }

    /// <summary>
    /// Whether the register's value is lost whichever way the instruction is left, unless by an error. A call loses everything behind its window's
    /// first register.
    /// </summary>
    public static bool Overwrites(in Instruction i, int register)
    {
        int a = register - i.A;
        return Letters(i.Op)[0] switch
        {
            'w' or 'u' => a == 0,
            'O' => a >= 0 && a < i.C,
            'W' or 'V' or 'X' => a >= 0,
            '3' => a is 0 or 1,
            'h' or '4' or '5' => a is >= 0 and <= 2,
            _ => false,
        };
    }

    /// <summary>Whether the register is a variable of a loop, which is written where there is a next element.</summary>
    public static bool IsLoopVariable(in Instruction i, int register) => Letters(i.Op)[0] switch
    {
        '3' => register == i.A + 2,
        '4' => register == i.A + 3,
        '5' => register == i.A + 3 || register == i.A + 4,
        _ => false,
    };
}
