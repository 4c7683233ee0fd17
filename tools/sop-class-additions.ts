// SOP classes and well-known instances of PS3.6 Table A-1 that the snapshot of PS3.4 in the shared data does not list:
// other services, retired classes, classes of 2025 and 2026, DICOS and DICONDE. Read by generate-dictionary.ts.
// One row: UID|storage or service|R when retired|name.

export const otherSopClasses = `
1.2.840.10008.1.1|service||Verification
1.2.840.10008.1.5.1|service||Hot Iron Color Palette SOP Instance
1.2.840.10008.1.5.2|service||PET Color Palette SOP Instance
1.2.840.10008.1.5.3|service||Hot Metal Blue Color Palette SOP Instance
1.2.840.10008.1.5.4|service||PET 20 Step Color Palette SOP Instance
1.2.840.10008.1.5.5|service||Spring Color Palette SOP Instance
1.2.840.10008.1.5.6|service||Summer Color Palette SOP Instance
1.2.840.10008.1.5.7|service||Fall Color Palette SOP Instance
1.2.840.10008.1.5.8|service||Winter Color Palette SOP Instance
1.2.840.10008.1.9|service|R|Basic Study Content Notification
1.2.840.10008.1.20.1|service||Storage Commitment Push Model
1.2.840.10008.1.20.1.1|service||Storage Commitment Push Model SOP Instance
1.2.840.10008.1.20.2|service|R|Storage Commitment Pull Model
1.2.840.10008.1.20.2.1|service|R|Storage Commitment Pull Model SOP Instance
1.2.840.10008.1.40|service||Procedural Event Logging
1.2.840.10008.1.40.1|service||Procedural Event Logging SOP Instance
1.2.840.10008.1.42|service||Substance Administration Logging
1.2.840.10008.1.42.1|service||Substance Administration Logging SOP Instance
1.2.840.10008.3.1.2.1.1|service|R|Detached Patient Management
1.2.840.10008.3.1.2.1.4|service|R|Detached Patient Management Meta SOP Class
1.2.840.10008.3.1.2.2.1|service|R|Detached Visit Management
1.2.840.10008.3.1.2.3.1|service|R|Detached Study Management
1.2.840.10008.3.1.2.3.2|service|R|Study Component Management
1.2.840.10008.3.1.2.3.3|service||Modality Performed Procedure Step
1.2.840.10008.3.1.2.3.4|service||Modality Performed Procedure Step Retrieve
1.2.840.10008.3.1.2.3.5|service||Modality Performed Procedure Step Notification
1.2.840.10008.3.1.2.5.1|service|R|Detached Results Management
1.2.840.10008.3.1.2.5.4|service|R|Detached Results Management Meta SOP Class
1.2.840.10008.3.1.2.5.5|service|R|Detached Study Management Meta SOP Class
1.2.840.10008.3.1.2.6.1|service|R|Detached Interpretation Management
1.2.840.10008.4.2|service||Storage Service Class
1.2.840.10008.5.1.1.1|service||Basic Film Session
1.2.840.10008.5.1.1.2|service||Basic Film Box
1.2.840.10008.5.1.1.4|service||Basic Grayscale Image Box
1.2.840.10008.5.1.1.4.1|service||Basic Color Image Box
1.2.840.10008.5.1.1.4.2|service|R|Referenced Image Box
1.2.840.10008.5.1.1.9|service||Basic Grayscale Print Management Meta SOP Class
1.2.840.10008.5.1.1.9.1|service|R|Referenced Grayscale Print Management Meta SOP Class
1.2.840.10008.5.1.1.14|service||Print Job
1.2.840.10008.5.1.1.15|service||Basic Annotation Box
1.2.840.10008.5.1.1.16|service||Printer
1.2.840.10008.5.1.1.16.376|service||Printer Configuration Retrieval
1.2.840.10008.5.1.1.17|service||Printer SOP Instance
1.2.840.10008.5.1.1.17.376|service||Printer Configuration Retrieval SOP Instance
1.2.840.10008.5.1.1.18|service||Basic Color Print Management Meta SOP Class
1.2.840.10008.5.1.1.18.1|service|R|Referenced Color Print Management Meta SOP Class
1.2.840.10008.5.1.1.22|service||VOI LUT Box
1.2.840.10008.5.1.1.23|service||Presentation LUT
1.2.840.10008.5.1.1.24|service|R|Image Overlay Box
1.2.840.10008.5.1.1.24.1|service|R|Basic Print Image Overlay Box
1.2.840.10008.5.1.1.25|service|R|Print Queue SOP Instance
1.2.840.10008.5.1.1.26|service|R|Print Queue Management
1.2.840.10008.5.1.1.27|service|R|Stored Print Storage
1.2.840.10008.5.1.1.29|storage|R|Hardcopy Grayscale Image Storage
1.2.840.10008.5.1.1.30|storage|R|Hardcopy Color Image Storage
1.2.840.10008.5.1.1.31|service|R|Pull Print Request
1.2.840.10008.5.1.1.32|service|R|Pull Stored Print Management Meta SOP Class
1.2.840.10008.5.1.1.33|service||Media Creation Management
1.2.840.10008.5.1.1.40|service||Display System
1.2.840.10008.5.1.1.40.1|service||Display System SOP Instance
1.2.840.10008.5.1.4.1.1.3|storage|R|Ultrasound Multi-frame Image Storage
1.2.840.10008.5.1.4.1.1.5|storage|R|Nuclear Medicine Image Storage
1.2.840.10008.5.1.4.1.1.6|storage|R|Ultrasound Image Storage
1.2.840.10008.5.1.4.1.1.8|storage|R|Standalone Overlay Storage
1.2.840.10008.5.1.4.1.1.9|storage|R|Standalone Curve Storage
1.2.840.10008.5.1.4.1.1.9.1|storage|R|Waveform Storage - Trial
1.2.840.10008.5.1.4.1.1.10|storage|R|Standalone Modality LUT Storage
1.2.840.10008.5.1.4.1.1.11|storage|R|Standalone VOI LUT Storage
1.2.840.10008.5.1.4.1.1.12.3|storage|R|X-Ray Angiographic Bi-Plane Image Storage
1.2.840.10008.5.1.4.1.1.66.7|storage||Label Map Segmentation Storage
1.2.840.10008.5.1.4.1.1.66.8|storage||Height Map Segmentation Storage
1.2.840.10008.5.1.4.1.1.77.1|storage|R|VL Image Storage - Trial
1.2.840.10008.5.1.4.1.1.77.2|storage|R|VL Multi-frame Image Storage - Trial
1.2.840.10008.5.1.4.1.1.88.1|storage|R|Text SR Storage - Trial
1.2.840.10008.5.1.4.1.1.88.2|storage|R|Audio SR Storage - Trial
1.2.840.10008.5.1.4.1.1.88.3|storage|R|Detail SR Storage - Trial
1.2.840.10008.5.1.4.1.1.88.4|storage|R|Comprehensive SR Storage - Trial
1.2.840.10008.5.1.4.1.1.88.77|storage||Waveform Annotation SR Storage
1.2.840.10008.5.1.4.1.1.129|storage|R|Standalone PET Curve Storage
1.2.840.10008.5.1.4.1.1.200.4|service||Protocol Approval Information Model - FIND
1.2.840.10008.5.1.4.1.1.200.5|service||Protocol Approval Information Model - MOVE
1.2.840.10008.5.1.4.1.1.200.6|service||Protocol Approval Information Model - GET
1.2.840.10008.5.1.4.1.1.201.2|service||Inventory - FIND
1.2.840.10008.5.1.4.1.1.201.3|service||Inventory - MOVE
1.2.840.10008.5.1.4.1.1.201.4|service||Inventory - GET
1.2.840.10008.5.1.4.1.1.201.5|service||Inventory Creation
1.2.840.10008.5.1.4.1.1.201.6|service||Repository Query
1.2.840.10008.5.1.4.1.1.201.1.1|service||Storage Management SOP Instance
1.2.840.10008.5.1.4.1.1.501.1|storage||DICOS CT Image Storage
1.2.840.10008.5.1.4.1.1.501.2.1|storage||DICOS Digital X-Ray Image Storage - For Presentation
1.2.840.10008.5.1.4.1.1.501.2.2|storage||DICOS Digital X-Ray Image Storage - For Processing
1.2.840.10008.5.1.4.1.1.501.3|storage||DICOS Threat Detection Report Storage
1.2.840.10008.5.1.4.1.1.501.4|storage||DICOS 2D AIT Storage
1.2.840.10008.5.1.4.1.1.501.5|storage||DICOS 3D AIT Storage
1.2.840.10008.5.1.4.1.1.501.6|storage||DICOS Quadrupole Resonance (QR) Storage
1.2.840.10008.5.1.4.1.1.601.1|storage||Eddy Current Image Storage
1.2.840.10008.5.1.4.1.1.601.2|storage||Eddy Current Multi-frame Image Storage
1.2.840.10008.5.1.4.1.1.601.3|storage||Thermography Image Storage
1.2.840.10008.5.1.4.1.1.601.4|storage||Thermography Multi-frame Image Storage
1.2.840.10008.5.1.4.1.2.1.1|service||Patient Root Query/Retrieve Information Model - FIND
1.2.840.10008.5.1.4.1.2.1.2|service||Patient Root Query/Retrieve Information Model - MOVE
1.2.840.10008.5.1.4.1.2.1.3|service||Patient Root Query/Retrieve Information Model - GET
1.2.840.10008.5.1.4.1.2.2.1|service||Study Root Query/Retrieve Information Model - FIND
1.2.840.10008.5.1.4.1.2.2.2|service||Study Root Query/Retrieve Information Model - MOVE
1.2.840.10008.5.1.4.1.2.2.3|service||Study Root Query/Retrieve Information Model - GET
1.2.840.10008.5.1.4.1.2.3.1|service|R|Patient/Study Only Query/Retrieve Information Model - FIND
1.2.840.10008.5.1.4.1.2.3.2|service|R|Patient/Study Only Query/Retrieve Information Model - MOVE
1.2.840.10008.5.1.4.1.2.3.3|service|R|Patient/Study Only Query/Retrieve Information Model - GET
1.2.840.10008.5.1.4.1.2.4.2|service||Composite Instance Root Retrieve - MOVE
1.2.840.10008.5.1.4.1.2.4.3|service||Composite Instance Root Retrieve - GET
1.2.840.10008.5.1.4.1.2.5.3|service||Composite Instance Retrieve Without Bulk Data - GET
1.2.840.10008.5.1.4.20.1|service||Defined Procedure Protocol Information Model - FIND
1.2.840.10008.5.1.4.20.2|service||Defined Procedure Protocol Information Model - MOVE
1.2.840.10008.5.1.4.20.3|service||Defined Procedure Protocol Information Model - GET
1.2.840.10008.5.1.4.31|service||Modality Worklist Information Model - FIND
1.2.840.10008.5.1.4.32|service|R|General Purpose Worklist Management Meta SOP Class
1.2.840.10008.5.1.4.32.1|service|R|General Purpose Worklist Information Model - FIND
1.2.840.10008.5.1.4.32.2|service|R|General Purpose Scheduled Procedure Step
1.2.840.10008.5.1.4.32.3|service|R|General Purpose Performed Procedure Step
1.2.840.10008.5.1.4.33|service||Instance Availability Notification
1.2.840.10008.5.1.4.34.1|storage|R|RT Beams Delivery Instruction Storage - Trial
1.2.840.10008.5.1.4.34.2|service|R|RT Conventional Machine Verification - Trial
1.2.840.10008.5.1.4.34.3|service|R|RT Ion Machine Verification - Trial
1.2.840.10008.5.1.4.34.4|service|R|Unified Worklist and Procedure Step Service Class - Trial
1.2.840.10008.5.1.4.34.4.1|service|R|Unified Procedure Step - Push - Trial
1.2.840.10008.5.1.4.34.4.2|service|R|Unified Procedure Step - Watch - Trial
1.2.840.10008.5.1.4.34.4.3|service|R|Unified Procedure Step - Pull - Trial
1.2.840.10008.5.1.4.34.4.4|service|R|Unified Procedure Step - Event - Trial
1.2.840.10008.5.1.4.34.5|service||UPS Global Subscription SOP Instance
1.2.840.10008.5.1.4.34.5.1|service||UPS Filtered Global Subscription SOP Instance
1.2.840.10008.5.1.4.34.6|service||Unified Worklist and Procedure Step Service Class
1.2.840.10008.5.1.4.34.6.1|service||Unified Procedure Step - Push
1.2.840.10008.5.1.4.34.6.2|service||Unified Procedure Step - Watch
1.2.840.10008.5.1.4.34.6.3|service||Unified Procedure Step - Pull
1.2.840.10008.5.1.4.34.6.4|service||Unified Procedure Step - Event
1.2.840.10008.5.1.4.34.6.5|service||Unified Procedure Step - Query
1.2.840.10008.5.1.4.34.8|service||RT Conventional Machine Verification
1.2.840.10008.5.1.4.34.9|service||RT Ion Machine Verification
1.2.840.10008.5.1.4.37.1|service||General Relevant Patient Information Query
1.2.840.10008.5.1.4.37.2|service||Breast Imaging Relevant Patient Information Query
1.2.840.10008.5.1.4.37.3|service||Cardiac Relevant Patient Information Query
1.2.840.10008.5.1.4.38.2|service||Hanging Protocol Information Model - FIND
1.2.840.10008.5.1.4.38.3|service||Hanging Protocol Information Model - MOVE
1.2.840.10008.5.1.4.38.4|service||Hanging Protocol Information Model - GET
1.2.840.10008.5.1.4.39.2|service||Color Palette Query/Retrieve Information Model - FIND
1.2.840.10008.5.1.4.39.3|service||Color Palette Query/Retrieve Information Model - MOVE
1.2.840.10008.5.1.4.39.4|service||Color Palette Query/Retrieve Information Model - GET
1.2.840.10008.5.1.4.41|service||Product Characteristics Query
1.2.840.10008.5.1.4.42|service||Substance Approval Query
1.2.840.10008.5.1.4.43.2|service||Generic Implant Template Information Model - FIND
1.2.840.10008.5.1.4.43.3|service||Generic Implant Template Information Model - MOVE
1.2.840.10008.5.1.4.43.4|service||Generic Implant Template Information Model - GET
1.2.840.10008.5.1.4.44.2|service||Implant Assembly Template Information Model - FIND
1.2.840.10008.5.1.4.44.3|service||Implant Assembly Template Information Model - MOVE
1.2.840.10008.5.1.4.44.4|service||Implant Assembly Template Information Model - GET
1.2.840.10008.5.1.4.45.2|service||Implant Template Group Information Model - FIND
1.2.840.10008.5.1.4.45.3|service||Implant Template Group Information Model - MOVE
1.2.840.10008.5.1.4.45.4|service||Implant Template Group Information Model - GET
1.2.840.10008.10.1|service||Video Endoscopic Image Real-Time Communication
1.2.840.10008.10.2|service||Video Photographic Image Real-Time Communication
1.2.840.10008.10.3|service||Audio Waveform Real-Time Communication
1.2.840.10008.10.4|service||Rendition Selection Document Real-Time Communication
`;

/** Private storage classes whose vendors' conformance statements describe a composite instance below a study. */
export const privateSopClasses = `
1.2.124.113532.3500.7|private||Agfa Basic Attribute Presentation State Storage
1.2.276.0.48.5.1.4.1.1.7|private||TomTec Annotation Storage
1.2.392.200036.9116.7.8.1.1.1|private||Toshiba US Image Storage
1.2.392.200036.9125.1.1.2|private||Fujifilm CR Image Storage
1.2.528.1.1001.5.1.1.1|private||GE Collage Storage
1.2.826.0.1.3680043.293.1.0.1|private||eRAD PracticeBuilder Report Text Storage
1.2.826.0.1.3680043.293.1.0.2|private||eRAD PracticeBuilder Report Dictation Storage
1.2.840.113543.6.6.1.3.10001|private||Philips HP Live 3D 01 Storage
1.2.840.113543.6.6.1.3.10002|private||Philips HP Live 3D 02 Storage
1.2.840.113619.4.2|private||GE MR Image Info Object Storage
1.2.840.113619.4.3|private||GE CT Image Info Object Storage
1.2.840.113619.4.4|private||GE Display Image Info Object Storage
1.2.840.113619.4.26|private||GE 3D Model Storage
1.2.840.113619.4.27|private||GE eNTEGRA Protocol or NM Genie Storage
1.2.840.113619.4.30|private||GE PET Raw Data Storage
1.2.840.113619.4.5.249|private||GE RT Plan Storage
1.3.6.1.4.1.5962.301.1|private||PixelMed Legacy Converted Enhanced CT Image Storage
1.3.6.1.4.1.5962.301.2|private||PixelMed Legacy Converted Enhanced MR Image Storage
1.3.6.1.4.1.5962.301.3|private||PixelMed Legacy Converted Enhanced PET Image Storage
1.3.6.1.4.1.5962.301.9|private||PixelMed Floating Point Image Storage
1.3.6.1.4.1.16978.3.1|private||Medical Insight 3D Softcopy Presentation State Storage
1.3.12.2.1107.5.9.1|private||Siemens CSA Non-Image Storage
1.3.12.2.1107.5.99.3.10|private||Siemens CT MR Volume Storage
1.3.12.2.1107.5.99.3.11|private||Siemens AX Frame Sets Storage
1.3.46.670589.2.3.1.1|private||Philips Specialised XA Storage
1.3.46.670589.2.4.1.1|private||Philips CX Image Storage
1.3.46.670589.2.5.1.1|private||Philips 3D Presentation State Storage
1.3.46.670589.2.8.1.1|private||Philips VRML Storage
1.3.46.670589.2.11.1.1|private||Philips Volume Set Storage
1.3.46.670589.5.0.1|private||Philips Volume Storage (first form)
1.3.46.670589.5.0.1.1|private||Philips Volume Storage
1.3.46.670589.5.0.2|private||Philips 3D Object Storage (first form)
1.3.46.670589.5.0.2.1|private||Philips 3D Object Storage
1.3.46.670589.5.0.3|private||Philips Surface Storage (first form)
1.3.46.670589.5.0.3.1|private||Philips Surface Storage
1.3.46.670589.5.0.4|private||Philips Composite Object Storage
1.3.46.670589.5.0.7|private||Philips MR Cardio Profile Storage
1.3.46.670589.5.0.8|private||Philips MR Cardio Storage (first form)
1.3.46.670589.5.0.8.1|private||Philips MR Cardio Storage
1.3.46.670589.5.0.9|private||Philips CT Synthetic Image Storage
1.3.46.670589.5.0.10|private||Philips MR Synthetic Image Storage
1.3.46.670589.5.0.11|private||Philips MR Cardio Analysis Storage (first form)
1.3.46.670589.5.0.11.1|private||Philips MR Cardio Analysis Storage
1.3.46.670589.5.0.12|private||Philips CX Synthetic Image Storage
1.3.46.670589.5.0.13|private||Philips Perfusion Storage
1.3.46.670589.5.0.14|private||Philips Perfusion Image Storage
1.3.46.670589.7.8.1618510091|private||Philips X-Ray Multi-frame Storage
1.3.46.670589.7.8.1618510092|private||Philips Live Run Storage
1.3.46.670589.7.8.16185100129|private||Philips Run Storage
1.3.46.670589.7.8.16185100130|private||Philips Reconstruction Storage
1.3.46.670589.11.0.0.12.1|private||Philips MR Spectrum Storage
1.3.46.670589.11.0.0.12.2|private||Philips MR Series Data Storage
1.3.46.670589.11.0.0.12.3|private||Philips MR Color Image Storage
1.3.46.670589.11.0.0.12.4|private||Philips MR ExamCard Storage
2.16.840.1.114033.5.1.4.1.1.130|private||PMOD Multi-frame Image Storage
`;
