/**
 * A small font of our own, drawn with a round pen. A line holds a character and its strokes; a stroke is a
 * run of points, each two base-36 digits, x and y downwards: capitals stand from 0 to 12 (c), small letters
 * begin at 4, descenders end at 16 (g). A stroke after `~` is a curve that its points pull towards them; it
 * is closed when it ends where it began. A single point is a dot.
 */
export const glyphTable = `A 0c50ac 2888
B 000c ~00707606 ~06868c0c
C ~9260000c6c9a
D 000c ~00a0ac0c
E 70000c7c 0666
F 70000c 0666
G ~9260000c9c97 9757
H 000c 808c 0686
I 000c
J ~50565c0c09
K 000c 8008 358c
L 000c7c
M 0c0058a0ac
N 0c008c80
O ~00b0bc0c00
P 000c ~00808707
Q ~00b0bc0c00 79bd
R 000c ~00808707 478c
S ~82500006868c3c0a
T 0080 404c
U ~00060c8c8680
V 005ca0
W 003c719ce0
X 008c 800c
Y 004680 464c
Z 00800c8c
a ~04747c0c04 747c
b 000c ~04747c0c04
c ~7554040c5c7b
d 707c ~04747c0c04
e 0878 ~7874040c5c7b
f ~5020262c 0454
g ~04747c0c04 ~747a7g1g
h 000c ~080464686c
i 040c 00
ı 040c
j ~242a2g0g 20
k 000c 6409 286c
l ~00090c2c
m 040c ~080454585c ~5854a4a8ac
n 040c ~080464686c
o ~04747c0c04
p 040g ~04747c0c04
q 747g ~04747c0c04
r 040c ~080444
s ~65440408686c2c0b
t ~21272c5c 0454
u ~04080c6c6864 646c
v 043c64
w 042c557c94
x 046c 640c
y 043c 641g
z 04640c6c
0 ~00808c0c00
1 02404c
2 ~030070750c 0c7c
3 ~0200606636 ~36767c0c0a
4 6c600888
5 701015 ~15858c0c0a
6 ~600209 ~05757c0c05
7 00702c
8 ~1070761610 ~06868c0c06
9 ~737a1c ~0070770700
. 0c
, 1b0e
: 06 0c
; 16 1b0e
! 0008 0c
? ~020060653538 3c
- 0848
– 0868
— 08a8
_ 0d8d
' 0003
" 0003 3033
( ~3003093d
) ~0033390d
[ 30000d3d
] 00303d0d
{ ~40202606 ~06262d4d
} ~00202646 ~46262d0d
/ 0d50
\\ 005d
| 000e
+ 444c 0888
= 0686 0a8a
* 3137 0266 6206
& ~8c24106064070c6c87
@ ~34747a3a34 ~757aaaa1010d8d
# 311c 715c 0585 0888
% 800c ~0030340400 ~58888c5c58
$ ~82500006868c3c0a 404c
< 73087d
> 03780d
^ 043064
~ ~09255a77
° ~0030330300
€ ~9260101c6c9a 0565 0868
£ ~73702026060c ~262c0c 0c7c 0656
… 0c 4c 8c
• 08`;

/** Marks that are set on letters, centred on x = 2, above a small letter; U+0327 hangs below. */
export const markTable = `\u0300 1032
\u0301 3012
\u0302 022042
\u0303 ~02103241
\u0304 0141
\u0306 ~00024240
\u0307 21
\u0308 01 41
\u030a ~1030321210
\u030c 002240
\u0327 ~2c2e2g1g0g
\u0328 ~2c0e0g3g`;

/** Letters that no mark makes out of a base letter, and signs that have a double. */
export const doubles: Readonly<Record<string, string>> = {
  ß: 'ss', æ: 'ae', Æ: 'Ae', œ: 'oe', Œ: 'Oe', ø: 'o', Ø: 'O', ł: 'l', Ł: 'L', đ: 'd', Đ: 'D',
  ð: 'd', Ð: 'D', þ: 'th', Þ: 'Th', '“': '"', '”': '"', '„': '"', '«': '"', '»': '"',
  '‘': "'", '’': "'", '‚': ',', '`': "'", '´': "'", '‐': '-', '‑': '-', '−': '-', '·': '•', '×': 'x', '¿': '?', '¡': '!',
}; // prettier-ignore
