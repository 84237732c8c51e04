namespace Lyra.Runtime.Bytecode;

/// <summary>The hooks with which a struct defines operators and builtins.</summary>
internal enum StructHook : byte
{
    None,
    Add,
    Sub,
    Mul,
    Div,
    Mod,
    Neg,
    Equals,
    Less,
    LessOrEqual,
    GetIndex,
    SetIndex,
    Call,
    Text,
    Iterate,
    BitAnd,
    BitOr,
    BitXor,
}
